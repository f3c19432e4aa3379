// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.syscall.LwpCalls;
import machine.core.slot.VariantSource;

/** Puts a kernel together. */
final class Boot {
    Boot(KernelConfig config, VariantSource variants, SyscallTable calls) {
        throw new UnsupportedOperationException("not written yet");
    }

    Kernel kernel() {
        throw new UnsupportedOperationException("not written yet");
    }

    static SyscallTable standardCalls() {
        SyscallTable table = new SyscallTable();
        table.addAll(LwpCalls.all());
        return table;
    }
}
