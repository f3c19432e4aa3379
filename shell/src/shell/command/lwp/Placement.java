// SPDX-License-Identifier: BSD-2-Clause
package shell.command.lwp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.vm.syscall.SyscallDescriptor;
import shell.command.argument.Argument;
import userland.puppet.PuppetArgument;

/** Turns arguments into what a puppet places in its memory and passes; on the engine thread. */
final class Placement {
    private static final long SECOND = 1_000_000_000L;
    private static final int SET_BYTES = 16;
    private static final int STACK_BYTES = 32 << 10;

    private final Kernel kernel;
    private final SyscallDescriptor call;
    private final long[] words;

    private Placement(Kernel kernel, SyscallDescriptor call, List<Argument> arguments) {
        this.kernel = kernel;
        this.call = call;
        this.words = new long[arguments.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments.get(i) instanceof Argument.Word word ? word.value() : 0;
        }
    }

    static List<PuppetArgument> of(Kernel kernel, SyscallDescriptor call, List<Argument> arguments) {
        Placement placement = new Placement(kernel, call, arguments);
        List<PuppetArgument> placed = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            placed.add(placement.place(i, arguments.get(i)));
        }
        return placed;
    }

    private PuppetArgument place(int index, Argument argument) {
        return switch (argument) {
            case Argument.Word word -> new PuppetArgument.Word(word.value());
            case Argument.Bytes bytes -> new PuppetArgument.Data(bytes.content());
            case Argument.Time time -> new PuppetArgument.Data(timespec(time));
            case Argument.Context context -> new PuppetArgument.NewContext();
            case Argument.SignalSet signals -> new PuppetArgument.Data(ByteBuffer.allocate(SET_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN).putLong(signals.set()).array());
            case Argument.Action action -> new PuppetArgument.Action(action.noted(), action.handler(), action.flags(),
                    action.mask());
            case Argument.Trampoline trampoline -> new PuppetArgument.Trampoline();
            case Argument.Stack stack -> new PuppetArgument.NewStack(stack.none() ? 0 : STACK_BYTES);
            case Argument.Out out -> new PuppetArgument.Out(new OutValues(kernel.processes().wordBits())
                    .size(call, index, kernel.processes().codec().size(), words));
        };
    }

    private byte[] timespec(Argument.Time time) {
        long seconds = time.seconds();
        long nanos = time.nanos();
        if (time.fromNow()) {
            long then = kernel.processes().clocks().nanos(clock()) + seconds * SECOND + nanos;
            seconds = then / SECOND;
            nanos = then % SECOND;
        }
        ByteBuffer bytes = ByteBuffer.allocate(OutValues.TIMESPEC_BYTES).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(seconds);
        return kernel.processes().wordBits() == Integer.SIZE
                ? bytes.putInt((int) nanos).array() : bytes.putLong(nanos).array();
    }

    /** The clock the call names; one that names none keeps to the wall clock. */
    private int clock() {
        int index = call.indexOf("clock_id");
        return index < 0 ? LwpRevisionHost.CLOCK_REALTIME : (int) words[index];
    }
}
