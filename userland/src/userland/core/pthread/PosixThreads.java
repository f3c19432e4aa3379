// SPDX-License-Identifier: BSD-2-Clause
package userland.core.pthread;

import static userland.core.pthread.Descriptor.LID;
import static userland.core.pthread.Descriptor.LOCK;
import static userland.core.pthread.Descriptor.NAME;

import kernel.sched.errno.Errno;
import userland.program.User;
import userland.program.UserFunction;
import userland.pthread.Mutexes;
import userland.pthread.Threads;

/** The calls on threads (pthread.c, pthread_once.c, pthread_attr.c). */
final class PosixThreads implements Threads {
    private static final int ONCE_DONE = Mutexes.BYTES;

    private final Library library;
    private final ThreadMemory memory;
    private final ThreadStart start;
    private final ThreadEnd end;
    /** One object, so that it has one address. */
    private final UserFunction onceCleanup;

    PosixThreads(Library library) {
        this.library = library;
        this.memory = new ThreadMemory(library);
        this.start = new ThreadStart(library, memory);
        this.end = new ThreadEnd(library, memory);
        this.onceCleanup = (user, control) -> library.mutexes().unlock(user, control);
    }

    long adopt(User user) {
        return start.adopt(user);
    }

    void adopt(User user, long thread) {
        start.adopt(user, thread);
    }

    @Override
    public long create(User user, long attributes, UserFunction function, long argument) {
        library.self(user);
        if (attributes == 0) {
            long thread = memory.obtain(user, ThreadAttributes.DEFAULT_STACK_BYTES,
                    ThreadAttributes.DEFAULT_GUARD_BYTES);
            return start.create(user, thread, CREATE_JOINABLE, function, argument);
        }
        if (!ThreadAttributes.valid(user, attributes)) {
            return -Errno.EINVAL;
        }
        long stack = ThreadAttributes.stack(user, attributes);
        long bytes = ThreadAttributes.stackSize(user, attributes);
        long thread = stack != 0 ? memory.obtainOn(user, stack, bytes)
                : memory.obtain(user, bytes, ThreadAttributes.guardSize(user, attributes));
        return start.create(user, thread, ThreadAttributes.detachState(user, attributes), function, argument);
    }

    @Override
    public void atThreadExit(User user, UserFunction destructor, long argument) {
        end.addDestructor(user, destructor, argument);
    }

    @Override
    public long self(User user) {
        return library.self(user);
    }

    @Override
    public int lid(User user, long thread) {
        return user.load32(thread + LID);
    }

    @Override
    public void exit(User user, long value) {
        end.exit(user, value);
    }

    @Override
    public int join(User user, long thread, long value) {
        return end.join(user, thread, value);
    }

    @Override
    public int detach(User user, long thread) {
        return end.detach(user, thread);
    }

    @Override
    public int once(User user, long control, UserFunction routine) {
        if (user.load32(control + ONCE_DONE) != 0) {
            return 0;
        }
        library.mutexes().lock(user, control);
        library.cancelling().push(user, onceCleanup, control);
        if (user.load32(control + ONCE_DONE) == 0) {
            routine.call(user, 0);
            user.store32(control + ONCE_DONE, 1);
        }
        library.cancelling().pop(user, true);
        return 0;
    }

    @Override
    public int setName(User user, long thread, String name) {
        if (name.length() >= MAX_NAME) {
            return Errno.EINVAL;
        }
        if (!library.table().alive(user, thread)) {
            return Errno.ESRCH;
        }
        library.mutexes().lock(user, thread + LOCK);
        Names.store(user, thread + NAME, name);
        user.syscall("_lwp_setname", user.load32(thread + LID), thread + NAME);
        library.mutexes().unlock(user, thread + LOCK);
        return 0;
    }

    @Override
    public String getName(User user, long thread) {
        if (!library.table().alive(user, thread)) {
            return null;
        }
        library.mutexes().lock(user, thread + LOCK);
        String name = Names.load(user, thread + NAME);
        library.mutexes().unlock(user, thread + LOCK);
        return name;
    }

    @Override
    public int setSchedParam(User user, long thread, int policy, int priority) {
        if (!library.table().alive(user, thread)) {
            return Errno.ESRCH;
        }
        long self = library.self(user);
        long parameters = Frames.push(user, self);
        user.store32(parameters, priority);
        long result = user.syscall("_sched_setparam", 0, user.load32(thread + LID), policy, parameters);
        Frames.pop(user, self);
        return result == -1 ? user.errno() : 0;
    }

    @Override
    public int getSchedParam(User user, long thread, long policy) {
        if (!library.table().alive(user, thread)) {
            return -Errno.ESRCH;
        }
        long self = library.self(user);
        long parameters = Frames.push(user, self);
        long result = user.syscall("_sched_getparam", 0, user.load32(thread + LID), policy, parameters);
        Frames.pop(user, self);
        return result == -1 ? -user.errno() : user.load32(parameters);
    }

    @Override
    public int suspend(User user, long thread) {
        if (thread == library.self(user)) {
            return Errno.EDEADLK;
        }
        return lwpCall(user, thread, "_lwp_suspend", 0);
    }

    @Override
    public int resume(User user, long thread) {
        return lwpCall(user, thread, "_lwp_continue", 0);
    }

    @Override
    public int kill(User user, long thread, int signal) {
        return lwpCall(user, thread, "_lwp_kill", signal);
    }

    @Override
    public int sigMask(User user, int how, long set, long old) {
        long before = user.sigprocmask(how, set);
        if (before == -1) {
            return user.errno();
        }
        if (old != 0) {
            user.store64(old, before);
        }
        return 0;
    }

    private int lwpCall(User user, long thread, String call, int argument) {
        if (!library.table().alive(user, thread)) {
            return Errno.ESRCH;
        }
        return user.syscall(call, user.load32(thread + LID), argument) == -1 ? user.errno() : 0;
    }

    @Override
    public int attrInit(User user, long attributes) {
        return ThreadAttributes.init(user, attributes);
    }

    @Override
    public int attrDestroy(User user, long attributes) {
        return ThreadAttributes.destroy(user, attributes);
    }

    @Override
    public int attrSetDetachState(User user, long attributes, int state) {
        return ThreadAttributes.setDetachState(user, attributes, state);
    }

    @Override
    public int attrGetDetachState(User user, long attributes) {
        return ThreadAttributes.detachState(user, attributes);
    }

    @Override
    public int attrSetStackSize(User user, long attributes, long bytes) {
        return ThreadAttributes.setStackSize(user, attributes, bytes);
    }

    @Override
    public long attrGetStackSize(User user, long attributes) {
        return ThreadAttributes.stackSize(user, attributes);
    }

    @Override
    public int attrSetStack(User user, long attributes, long stack, long bytes) {
        return ThreadAttributes.setStack(user, attributes, stack, bytes);
    }

    @Override
    public long attrGetStack(User user, long attributes) {
        return ThreadAttributes.stack(user, attributes);
    }

    @Override
    public int attrSetGuardSize(User user, long attributes, long bytes) {
        return ThreadAttributes.setGuardSize(user, attributes, bytes);
    }

    @Override
    public long attrGetGuardSize(User user, long attributes) {
        return ThreadAttributes.guardSize(user, attributes);
    }

    @Override
    public int getAttr(User user, long thread, long attributes) {
        return library.table().alive(user, thread) ? ThreadAttributes.of(user, thread, attributes) : Errno.ESRCH;
    }
}
