// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.SignalInfo;
import kernel.sched.task.TaskState;
import machine.core.engine.Cpu;

/** The way back to user mode: lwp_userret of kern_lwp.c 1.250 and mi_userret. */
public final class UserReturn {
    private final Processes processes;

    UserReturn(Processes processes) {
        this.processes = processes;
    }

    /**
     * Does whatever the running LWP has to do before its next user instruction, and runs the handlers of its signals.
     *
     * <p>May suspend it, preempt it or end it (then it does not return). Nothing may be locked.
     */
    public void leaveKernel(Lwp l) {
        int depth = l.handlerDepth;
        pass(l);
        if (l.handlerDepth != depth) {
            processes.handlers().run(l, depth);
        }
    }

    /** A fault of the running LWP: its handler runs, or the process ends. */
    public void fault(Lwp l, SignalInfo info) {
        int depth = l.handlerDepth;
        processes.signals().trap(l, info);
        pass(l);
        processes.handlers().run(l, depth);
    }

    /** The boundary itself; handlers are made ready, but not run. */
    void pass(Lwp l) {
        do {
            if ((l.flags & LwpFlag.LW_USERRET) != 0) {
                obey(l);
            }
            Cpu cpu = processes.engine().current();
            if (!cpu.astPending()) {
                break;
            }
            ast(cpu);
        } while (true);
        if (l.kernelPriority()) {
            processes.dispatcher().toUser();
        }
    }

    private void ast(Cpu cpu) {
        cpu.clearAst();
        if (processes.dispatcher().preemptWanted()) {
            processes.dispatcher().preempt();
        }
    }

    private void obey(Lwp l) {
        while ((l.flags & LwpFlag.LW_USERRET) != 0) {
            if ((l.flags & (LwpFlag.LW_PENDSIG | LwpFlag.LW_WEXIT)) == LwpFlag.LW_PENDSIG) {
                processes.taker().deliver(l);
            }
            if (l.has(LwpFlag.LW_WSUSPEND)) {
                suspend(l);
            }
            if (l.has(LwpFlag.LW_WEXIT)) {
                processes.lwpLife().exit(l);
            }
        }
    }

    private void suspend(Lwp l) {
        Proc p = l.proc();
        p.lock.enter();
        if (!l.has(LwpFlag.LW_WSUSPEND)) {
            p.lock.exit();
            return;
        }
        p.runnableCount--;
        l.become(TaskState.LSSUSPENDED);
        p.lwpChanged.broadcast();
        p.lock.exit();
        processes.dispatcher().miSwitch();
    }
}
