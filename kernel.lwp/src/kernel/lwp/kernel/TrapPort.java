// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.machine.TrapAbi;
import machine.core.slot.SlotGuard;
import machine.core.slot.VariantHandle;
import machine.core.watchdog.Guard;

/**
 * How the machine's registers carry a system call, with a guard around every call.
 *
 * <p>When the machine is evicted the call comes to nothing: the frame of the signal is made again with the successor's.
 */
@Guard
final class TrapPort extends MachineCode implements TrapAbi {
    private final TrapAbi traps;

    TrapPort(TrapAbi traps, SlotGuard guard, VariantHandle mine) {
        super(guard, mine);
        this.traps = traps;
    }

    /** One order to the machine. */
    private interface Order {
        void carryOut();
    }

    /** Rare: only signals that are taken on the way out of a call come here. */
    private void tell(String callback, Order order) {
        int outer = guard.enter();
        try {
            order.carryOut();
            guard.exit(outer);
        } catch (Throwable e) {
            threw("TrapAbi." + callback, outer, e);
        }
    }

    @Override
    public void enter(byte[] ucontext, int number, long[] arguments) {
        tell("enter", () -> traps.enter(ucontext, number, arguments));
    }

    @Override
    public int stackOffset(int argument) {
        int outer = guard.enter();
        try {
            int offset = traps.stackOffset(argument);
            guard.exit(outer);
            return offset;
        } catch (Throwable e) {
            threw("TrapAbi.stackOffset", outer, e);
            return -1;
        }
    }

    @Override
    public void succeed(byte[] ucontext, long value, long second) {
        tell("succeed", () -> traps.succeed(ucontext, value, second));
    }

    @Override
    public void fail(byte[] ucontext, int errno) {
        tell("fail", () -> traps.fail(ucontext, errno));
    }

    @Override
    public void restart(byte[] ucontext) {
        tell("restart", () -> traps.restart(ucontext));
    }
}
