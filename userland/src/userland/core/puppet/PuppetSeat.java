// SPDX-License-Identifier: BSD-2-Clause
package userland.core.puppet;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Processes;
import kernel.sched.sleep.Sleep;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.SyncObject;
import kernel.sched.task.TaskState;
import kernel.vm.syscall.Abi;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import userland.core.process.LwpUser;
import userland.core.process.ProcessImage;

/** One puppet LWP: takes orders, carries them out, sleeps in between. */
final class PuppetSeat {
    /** Sleeps until there is an order; not in the table of system calls, because it is no program's to make. */
    private static final SyscallDescriptor AWAIT_ORDER = new SyscallDescriptor("puppet_wait", -1, Abi.NETBSD, List.of(),
            ResultKind.NONE, PuppetSeat::awaitOrder);

    private final Lwp lwp;
    private final long channel;
    private PuppetOrder order;

    PuppetSeat(Lwp lwp) {
        this.lwp = lwp;
        this.channel = lwp.proc().processes().dispatcher().newAddress();
    }

    Lwp lwp() {
        return lwp;
    }

    /** The last order, or null. */
    PuppetOrder order() {
        return order;
    }

    boolean alive() {
        return lwp.state() != TaskState.LSZOMB && lwp.state() != TaskState.LSIDL
                && lwp.proc().anyLwp(lwp.lid()) == lwp;
    }

    boolean busy() {
        return order != null && order.open();
    }

    /** Takes an order and wakes the LWP, at a safe point. */
    void take(PuppetOrder next) {
        order = next;
        sleep(lwp).wakeup(channel);
    }

    /** User code of the LWP: for ever. */
    void serve(LwpUser user) {
        while (true) {
            if (busy()) {
                order.carryOut(user);
            }
            lwp.trap().syscall(lwp, AWAIT_ORDER);
        }
    }

    /**
     * The test and the falling asleep are one step for everybody else: the queue is locked and nothing interleaves.
     * An interruption only leads past the user boundary, where signals and suspension are taken, and back.
     */
    private static int awaitOrder(SyscallFrame frame) {
        Lwp lwp = (Lwp) frame.task();
        PuppetSeat seat = ((ProcessImage) lwp.proc().image()).seats().find(lwp.lid());
        Sleep sleep = sleep(lwp);
        SleepQueue queue = sleep.table().lookup(seat.channel);
        queue.lock().enter();
        if (seat.busy()) {
            queue.lock().exit();
            return 0;
        }
        lwp.setIdleInUserMode(true);
        sleep.enqueue(queue, seat.channel, "puppet", SyncObject.SLEEP, true);
        sleep.block(0, true);
        lwp.setIdleInUserMode(false);
        return 0;
    }

    private static Sleep sleep(Lwp lwp) {
        Processes processes = lwp.proc().processes();
        return processes.sleep();
    }
}
