// SPDX-License-Identifier: BSD-2-Clause
package userland.core.replay;

import kernel.sched.errno.Errno;
import userland.program.User;

/** One thread of a log at work. */
final class ThreadReplay {
    private static final int OPEN_CREATE_READ_WRITE = 0x0202;
    private static final int PROT_READ = 1;

    private final User user;
    private final ProcessReplay process;
    private final ThreadPlan thread;
    private final ControlBlock control;
    /** Pids of the children that this thread forked, by process of the log. */
    private final int[] children;

    ThreadReplay(User user, ProcessReplay process, ThreadPlan thread) {
        this.user = user;
        this.process = process;
        this.thread = thread;
        this.control = process.control();
        this.children = new int[process.processes()];
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
            case Action.StartThread start -> check("_lwp_create", process.start(user, start.thread()) ? 0 : -1);
            case Action.Fork forked -> fork(forked.process());
            case Action.WaitProcess wait -> await(wait.process());
            case Action.WaitForEver unused -> waitForEver();
            case Action.ExitThread unused -> user.lwpExit();
            case Action.ExitProcess exit -> user.exit(exit.status());
        }
    }

    /** A call that failed here and not in the log is counted: the two kernels differ there. */
    private void check(String call, long result) {
        if (result == -1) {
            process.differences().add(call + " failed with " + Errno.name(user.errno()) + " and not in the log");
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
        long descriptor = user.syscall("shm_open", process.paths().address(), OPEN_CREATE_READ_WRITE, 0);
        check("shm_open", descriptor);
        if (descriptor != -1) {
            user.syscall("shm_unlink", process.paths().address());
            check("ftruncate", user.syscall("ftruncate", descriptor, file.mappedBytes));
            control.file(user, file, (int) descriptor);
        }
    }

    private void fork(int child) {
        children[child] = process.fork(user, child);
        check("fork", children[child]);
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
