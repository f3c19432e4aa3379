// SPDX-License-Identifier: BSD-2-Clause
package shell.command.memory;

import shell.command.Candidates;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.deed.Deeds;
import shell.command.kernel.Kernels;
import userland.puppet.PuppetCall;

/** {@code peek}: loads bytes as user code of a process. */
public final class PeekCommand extends Command {
    private static final int MOST = 1 << 20;
    private final Accesses accesses;
    private final Deeds deeds;

    public PeekCommand(Kernels kernels, Deeds deeds) {
        super("vm", "peek", "loads bytes as user code of a puppet, and tells the signal if that faults");
        this.accesses = new Accesses(kernels);
        this.deeds = deeds;
        takes("PID ADDR LEN", 3, 3, Candidates.PID, Candidates.NONE);
        example("peek 1 0x10000000 16");
    }

    @Override
    public Object run(Invocation in) throws InterruptedException {
        int pid = Numbers.natural(in.text(0), "a pid");
        long address = Numbers.parse(in.text(1), "an address");
        int length = Numbers.natural(in.text(2), "a length");
        if (length == 0 || length > MOST) {
            throw new IllegalArgumentException("a length must be from 1 to " + MOST + ", not " + length);
        }
        PuppetCall access = accesses.make(deeds.peek(pid, address, length));
        return MemoryAccess.of(address, access.bytes(), access);
    }
}
