// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;
import machine.core.watchdog.Guard;
import machine.core.watchdog.Overdue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Woven code does what it did, until its thread is interrupted. */
@Guard
class SafepointsTest {
    /** Woven and loaded anew by each test. */
    public static final class Subject implements IntUnaryOperator {
        private final Object monitor = new Object();
        private final Semaphore never = new Semaphore(0);
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        public int applyAsInt(int which) {
            return switch (which) {
                case 0 -> sum(10);
                case 1 -> loop();
                case 2 -> stubborn();
                case 3 -> synchronizedLoop();
                case 4 -> tree(300);
                case 5 -> wait(never);
                case 6 -> cleanUp();
                case 7 -> locked();
                default -> throw new IllegalArgumentException("no " + which);
            };
        }

        private int sum(int n) {
            int sum = 0;
            for (int i = 1; i <= n; i++) {
                try {
                    sum += i;
                    if (i % 3 == 0) {
                        throw new IllegalStateException();
                    }
                } catch (IllegalStateException third) {
                    sum += 100;
                } finally {
                    sum++;
                }
            }
            synchronized (monitor) {
                return sum;
            }
        }

        private int loop() {
            while (true) {
                monitor.hashCode();
            }
        }

        private int stubborn() {
            int turns = 0;
            while (true) {
                try {
                    loop();
                } catch (Throwable anything) {
                    turns++;
                }
            }
        }

        private int synchronizedLoop() {
            synchronized (monitor) {
                return loop();
            }
        }

        private int tree(int depth) {
            return depth == 0 ? 1 : tree(depth - 1) + tree(depth - 1);
        }

        private int wait(Semaphore semaphore) {
            semaphore.acquireUninterruptibly();
            return 0;
        }

        private int cleanUp() {
            try {
                return loop();
            } finally {
                loop();
            }
        }

        private int locked() {
            lock.lock();
            try {
                return 7;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Defines the woven class, and asks its parent for all others. */
    private static final class Loader extends ClassLoader {
        Loader() {
            super(SafepointsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Subject.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] woven = Safepoints.into(in.readAllBytes(), this);
                return defineClass(name, woven, 0, woven.length);
            } catch (java.io.IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static IntUnaryOperator woven() throws ReflectiveOperationException {
        return (IntUnaryOperator) new Loader().loadClass(Subject.class.getName()).getConstructor().newInstance();
    }

    @AfterEach
    void forget() {
        Thread.interrupted();
    }

    @Test
    void wovenCodeComputesTheSame() throws ReflectiveOperationException {
        IntUnaryOperator subject = woven();
        assertEquals(new Subject().applyAsInt(0), subject.applyAsInt(0));
        assertEquals(7, subject.applyAsInt(7));
        assertThrows(IllegalArgumentException.class, () -> subject.applyAsInt(99));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void nothingHoldsAnInterruptedThread(int which) throws ReflectiveOperationException {
        IntUnaryOperator subject = woven();
        Thread.currentThread().interrupt();
        Throwable thrown = assertThrows(Throwable.class, () -> subject.applyAsInt(which));
        assertEquals(Overdue.class, thrown.getClass());
    }
}
