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
    private static final int ATTR_MAGIC = 0x1111_0001;
    private static final int ATTR_DETACH_STATE = 4;
    private static final int ATTR_STACK_SIZE = 8;
    private static final long PAGE = 4096;

    private final Library library;
    private final ThreadStart start;
    private final ThreadEnd end;
    /** One object, so that it has one address. */
    private final UserFunction onceCleanup;

    PosixThreads(Library library) {
        this.library = library;
        ThreadMemory memory = new ThreadMemory(library);
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
        if (attributes == 0) {
            return start.create(user, ThreadMemory.DEFAULT_STACK_BYTES, CREATE_JOINABLE, function, argument);
        }
        if (!validAttr(user, attributes)) {
            return -Errno.EINVAL;
        }
        long stackBytes = attrGetStackSize(user, attributes) + PAGE - 1 & -PAGE;
        return start.create(user, stackBytes, attrGetDetachState(user, attributes), function, argument);
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

    private static boolean validAttr(User user, long attributes) {
        return user.load32(attributes) == ATTR_MAGIC;
    }

    @Override
    public int attrInit(User user, long attributes) {
        user.store32(attributes, ATTR_MAGIC);
        user.store32(attributes + ATTR_DETACH_STATE, CREATE_JOINABLE);
        user.store64(attributes + ATTR_STACK_SIZE, ThreadMemory.DEFAULT_STACK_BYTES);
        return 0;
    }

    @Override
    public int attrDestroy(User user, long attributes) {
        if (!validAttr(user, attributes)) {
            return Errno.EINVAL;
        }
        user.store32(attributes, 0);
        return 0;
    }

    @Override
    public int attrSetDetachState(User user, long attributes, int state) {
        boolean known = state == CREATE_JOINABLE || state == CREATE_DETACHED;
        if (!known || !validAttr(user, attributes)) {
            return Errno.EINVAL;
        }
        user.store32(attributes + ATTR_DETACH_STATE, state);
        return 0;
    }

    @Override
    public int attrGetDetachState(User user, long attributes) {
        return user.load32(attributes + ATTR_DETACH_STATE);
    }

    @Override
    public int attrSetStackSize(User user, long attributes, long bytes) {
        if (bytes < STACK_MIN || !validAttr(user, attributes)) {
            return Errno.EINVAL;
        }
        user.store64(attributes + ATTR_STACK_SIZE, bytes);
        return 0;
    }

    @Override
    public long attrGetStackSize(User user, long attributes) {
        return user.load64(attributes + ATTR_STACK_SIZE);
    }
}
