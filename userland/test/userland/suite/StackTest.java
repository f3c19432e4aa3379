// SPDX-License-Identifier: BSD-2-Clause
package userland.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;
import kernel.sched.errno.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import userland.core.fixture.Setting;
import userland.core.process.LwpUser;
import userland.program.User;
import userland.pthread.Threads;

/** The cases of t_stack: stacks of the library have a guard, stacks of the program are used as they are. */
class StackTest {
    private static final String ALL = "userland.core.fixture.Setting#all";
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANON = 0x1002;

    /** Whether loading a byte is a SIGSEGV; the handler makes the page accessible, and guards it again afterwards. */
    private static boolean faults(User user, long address) {
        long seen = user.allocate(8);
        long page = address & -4096;
        user.sigaction(Signal.SIGSEGV, (own, signal, info, context) -> {
            own.store32(seen, 1);
            own.mprotect(page, 4096, PROT_READ_WRITE);
        }, 0, 0);
        user.load8(address);
        user.sigaction(Signal.SIGSEGV, SignalAction.SIG_DFL, 0, 0);
        if (user.load32(seen) != 0) {
            user.mprotect(page, 4096, 0);
        }
        return user.load32(seen) != 0;
    }

    /** A thread looks at its own stack: all of it is there, its guard is not. */
    private static void checkGuard(User user, long attributes) {
        Threads threads = user.pthread().threads();
        assertEquals(0, threads.getAttr(user, threads.self(user), attributes));
        long stack = threads.attrGetStack(user, attributes);
        long bytes = threads.attrGetStackSize(user, attributes);
        long guard = threads.attrGetGuardSize(user, attributes);
        assertTrue(guard > 0, "a guard by default");
        checkStackPointer(user, stack, bytes);
        assertTrue(!faults(user, stack) && !faults(user, stack + bytes - 1), "the stack");
        assertTrue(faults(user, stack - 1) && faults(user, stack - guard), "the guard");
    }

    private static void checkStackPointer(User user, long stack, long bytes) {
        long sp = ((LwpUser) user).lwp().registers().sp;
        assertTrue(sp > stack && sp <= stack + bytes, () -> "sp " + Long.toHexString(sp));
    }

    /** A thread is on the stack that the program gave it. */
    private static void checkGiven(User user, long attributes, long stack, long bytes) {
        Threads threads = user.pthread().threads();
        assertEquals(0, threads.getAttr(user, threads.self(user), attributes));
        assertEquals(stack, threads.attrGetStack(user, attributes));
        assertEquals(bytes, threads.attrGetStackSize(user, attributes));
        assertEquals(0, threads.attrGetGuardSize(user, attributes));
        checkStackPointer(user, stack, bytes);
        assertTrue(!faults(user, stack) && !faults(user, stack + bytes - 1));
    }

    private static long givenStack(User user, long bytes) {
        long stack = user.mmap(0, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANON, -1, 0);
        assertTrue(stack != -1);
        return stack;
    }

    private static long attributes(User user) {
        long attributes = user.allocate(Threads.ATTR_BYTES);
        assertEquals(0, user.pthread().threads().attrInit(user, attributes));
        return attributes;
    }

    private static long run(User user, long attributes, userland.program.UserFunction body) {
        Threads threads = user.pthread().threads();
        long thread = threads.create(user, attributes, body, 0);
        assertTrue(thread > 0, "created " + thread);
        assertEquals(0, threads.join(user, thread));
        // The LWP has to be gone before its descriptor is used again.
        user.sleepUntil(user.monotonicNanos() + 20_000_000);
        return thread;
    }

    /** A thread on memory of the program, twice: the second one has the first one's descriptor. */
    @ParameterizedTest
    @MethodSource(ALL)
    void stack1(Setting setting) {
        setting.once(2, user -> {
            long attributes = attributes(user);
            long own = attributes(user);
            long bytes = user.pthread().threads().attrGetStackSize(user, attributes) + 4096;
            long stack = givenStack(user, bytes);
            assertEquals(0, user.pthread().threads().attrSetStack(user, attributes, stack, bytes));
            long first = run(user, attributes, (thread, argument) -> checkGiven(thread, own, stack, bytes));
            long second = run(user, attributes, (thread, argument) -> checkGiven(thread, own, stack, bytes));
            assertEquals(first, second);
        });
    }

    /** First a thread on a stack of the library, then its descriptor with memory of the program, and back. */
    @ParameterizedTest
    @MethodSource(ALL)
    void stack2(Setting setting) {
        setting.once(2, user -> {
            long given = attributes(user);
            long own = attributes(user);
            long bytes = user.pthread().threads().attrGetStackSize(user, given);
            long stack = givenStack(user, bytes);
            long first = run(user, 0, (thread, argument) -> checkGuard(thread, own));
            assertEquals(0, user.pthread().threads().attrSetStack(user, given, stack, bytes));
            assertEquals(first, run(user, given, (thread, argument) -> checkGiven(thread, own, stack, bytes)));
            assertEquals(first, run(user, 0, (thread, argument) -> checkGuard(thread, own)));
        });
    }

    /** The size of the guard can be chosen, and be none. */
    @ParameterizedTest
    @MethodSource(ALL)
    void guards(Setting setting) {
        setting.once(1, user -> {
            Threads threads = user.pthread().threads();
            long attributes = attributes(user);
            long own = attributes(user);
            assertEquals(Errno.EINVAL, threads.attrSetGuardSize(user, attributes, -1));
            assertEquals(Errno.EINVAL, threads.attrSetStack(user, attributes, 0, 8192));
            assertEquals(Errno.EINVAL, threads.attrSetStack(user, attributes, 0x10000, 10));
            assertEquals(0, threads.attrSetGuardSize(user, attributes, 5000));
            run(user, attributes, (thread, argument) -> {
                checkGuard(thread, own);
                assertEquals(8192, threads.attrGetGuardSize(thread, own), "whole pages");
            });
            assertEquals(0, threads.attrSetGuardSize(user, attributes, 0));
            run(user, attributes, (thread, argument) -> {
                assertEquals(0, threads.getAttr(thread, threads.self(thread), own));
                assertEquals(0, threads.attrGetGuardSize(thread, own));
            });
            assertEquals(Errno.ESRCH, threads.getAttr(user, 0, own));
            assertEquals(0, threads.getAttr(user, threads.self(user), own));
            assertEquals(0, threads.attrGetStack(user, own), "the first thread's is the kernel's");
        });
    }
}
