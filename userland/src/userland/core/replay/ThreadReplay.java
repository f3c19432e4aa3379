// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import java.util.List;
import kernel.sched.errno.Errno;
import userland.core.text.Tally;
import userland.program.User;
import userland.program.UserFunction;

/** One thread of a log at work. */
final class ThreadReplay {
    private static final int OPEN_CREATE_READ_WRITE = 0x0202;
    private static final int PROT_READ = 1;

    private final User user;
    private final ReplayPlan plan;
    private final ProcessPlan process;
    private final ThreadPlan thread;
    private final ControlBlock control;
    private final Paths paths;
    private final Tally differences;
    private final ForkEntry fork;
    private final List<UserFunction> functions;
    private final int[] children;

    /** Makes the code of a forked process. */
    interface ForkEntry {
        UserFunction of(ProcessPlan process, ControlBlock control, Paths paths);
    }

    ThreadReplay(User user, ReplayPlan plan, ProcessPlan process, ThreadPlan thread, ControlBlock control, Paths paths,
            Tally differences, ForkEntry fork, List<UserFunction> functions) {
        this.user = user;
        this.plan = plan;
        this.process = process;
        this.thread = thread;
        this.control = control;
        this.paths = paths;
        this.differences = differences;
        this.fork = fork;
        this.functions = functions;
        this.children = new int[plan.processes().size()];
    }

    void run() {
        for (Step step : thread.steps) {
            user.compute(step.computeNanos);
            for (int i = 0; i < step.awaits.size(); i++) {
                control.await(user, step.awaits.get(i));
            }
            boolean last = !step.actions.isEmpty() && EndPlan.last(step.actions.getLast());
            if (last) {
                give(step);
            }
            for (Action action : step.actions) {
                act(action);
            }
            give(step);
        }
    }

    private void give(Step step) {
        for (int i = 0; i < step.gives.size(); i++) {
            control.give(user, step.gives.get(i));
        }
    }

    private void act(Action action) {
        switch (action) {
            case Action.Map map -> map(map);
            case Action.MapOver over -> mapOver(over);
            case Action.Unmap unmap -> unmap.pieces().forEach(piece ->
                    check("munmap", user.munmap(control.area(user, piece), piece.bytes())));
            case Action.Protect protect -> protect.pieces().forEach(piece -> {
                check("mprotect", user.mprotect(control.area(user, piece), piece.bytes(), protect.protection()));
            });
            case Action.Advise advise -> advise.pieces().forEach(piece -> check("madvise",
                    user.syscall("madvise", control.area(user, piece), piece.bytes(), advise.advice())));
            case Action.Sync sync -> sync.pieces().forEach(piece -> check("msync",
                    user.syscall("msync", control.area(user, piece), piece.bytes(), sync.flags())));
            case Action.Open open -> open(open.file());
            case Action.Close close -> check("close", user.syscall("close", control.file(user, close.file())));
            case Action.Sleep sleep -> user.sleepUntil(user.monotonicNanos() + sleep.nanos());
            case Action.WakeNobody unused -> user.lwpUnparkAll(0, 0, 0);
            case Action.StartThread start -> start(start.thread());
            case Action.Fork forked -> fork(plan.processes().get(forked.process()));
            case Action.WaitProcess wait -> await(wait.process());
            case Action.WaitForEver unused -> waitForEver();
            case Action.ExitThread unused -> user.lwpExit();
            case Action.ExitProcess exit -> user.exit(exit.status());
        }
    }

    /** A call that failed here and not in the log is counted: the two kernels differ there. */
    private void check(String call, long result) {
        if (result == -1) {
            differences.add(call + " failed with " + Errno.name(user.errno()) + " and not in the log");
        }
    }

    private void map(Action.Map map) {
        int descriptor = map.file() == null ? -1 : control.file(user, map.file());
        long address = user.mmap(0, map.area().bytes(), map.protection(), map.flags(), descriptor, map.fileOffset());
        check("mmap", address);
        if (address != -1) {
            control.area(user, map.area(), address);
            touch(address, map.protection());
        }
    }

    private void mapOver(Action.MapOver over) {
        long done = 0;
        for (Piece piece : over.pieces()) {
            int descriptor = over.file() == null ? -1 : control.file(user, over.file());
            long address = user.mmap(control.area(user, piece), piece.bytes(), over.protection(),
                    over.flags() | MemoryFlags.MAP_FIXED, descriptor, descriptor == -1 ? 0 : over.fileOffset() + done);
            check("mmap", address);
            if (address != -1) {
                touch(address, over.protection());
            }
            done += piece.bytes();
        }
    }

    /** The log does not say which pages were used: the first one of each mapping stands for them. */
    private void touch(long address, int protection) {
        if ((protection & MemoryFlags.PROT_WRITE) != 0) {
            user.store8(address, 1);
        } else if ((protection & PROT_READ) != 0) {
            user.load8(address);
        }
    }

    private void open(LogFile file) {
        long descriptor = user.syscall("shm_open", paths.address(), OPEN_CREATE_READ_WRITE, 0);
        check("shm_open", descriptor);
        if (descriptor != -1) {
            user.syscall("shm_unlink", paths.address());
            check("ftruncate", user.syscall("ftruncate", descriptor, file.mappedBytes));
            control.file(user, file, (int) descriptor);
        }
    }

    /** Starts a thread of this process. */
    void start(int index) {
        long started = user.threads().create(user, functions.get(index), 0);
        if (started == 0) {
            check("_lwp_create", -1);
        } else {
            control.lid(user, index, user.threads().lid(user, started));
        }
    }

    private void fork(ProcessPlan child) {
        int pid = user.fork(fork.of(child, control, paths));
        check("fork", pid);
        children[child.index] = pid;
    }

    private void await(int child) {
        if (children[child] > 0) {
            check("wait4", user.waitChild(children[child], 0));
        }
    }

    private void waitForEver() {
        while (true) {
            user.park(User.FOREVER, 0);
        }
    }
}
