// SPDX-License-Identifier: BSD-2-Clause
package userland.core.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;
import kernel.sched.errno.Errno;
import kernel.vm.file.Pipe;
import machine.core.engine.RunLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import userland.core.fixture.Session;
import userland.program.User;

/** Pipes and FIFOs whose two ends wait for each other. */
class PipeTest {
    private static final String WELL = "GONE 0 0";
    private static final long MS = 1_000_000L;
    private static final int RDONLY = 0;
    private static final int WRONLY = 1;
    private static final int NONBLOCK = 4;

    @TempDir
    Path root;

    private Session session() {
        return new Session(KernelConfig.standard().withCpus(2).withFiles(root));
    }

    private String run(ToIntFunction<User> body) {
        try (Session session = session()) {
            String end = session.runToEnd((user, arguments) -> body.applyAsInt(user));
            assertEquals(List.of(), session.output());
            return end;
        }
    }

    private static int[] pipe(User user, int flags) {
        long ends = user.allocate(8);
        assertEquals(0, user.syscall("pipe2", ends, flags));
        return new int[] {user.load32(ends), user.load32(ends + 4)};
    }

    private static long put(User user, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        long at = user.allocate(bytes.length);
        user.write(at, bytes, 0, bytes.length);
        return at;
    }

    private static void nap(User user, long milliseconds) {
        user.sleepUntil(user.monotonicNanos() + milliseconds * MS);
    }

    /** A thread with a stack of its own. */
    private static void thread(User user, Consumer<User> body) {
        long context = user.allocate(user.contextBytes());
        long stack = user.allocate(16384);
        user.makeContext(context, (other, argument) -> {
            body.accept(other);
            other.lwpExit();
        }, 0, stack, 16384);
        assertEquals(0, user.lwpCreate(context, 0, user.allocate(8)));
    }

    private static int waitFor(User user, int child) {
        long status = user.allocate(8);
        assertEquals(child, user.waitChild(child, status));
        return user.load32(status);
    }

    private static String states(Session session, Proc proc) {
        return session.kernel().ask(engine -> {
            List<String> all = new ArrayList<>();
            for (Lwp l = proc.newestLwp(); l != null; l = l.nextInProcess()) {
                all.add(String.valueOf(l.waitMessage()));
            }
            return String.join(" ", all);
        });
    }

    @Test
    void aReaderSleepsUntilSomebodyWrites() {
        assertEquals(WELL, run(user -> {
            int[] ends = pipe(user, 0);
            List<String> order = new ArrayList<>();
            thread(user, other -> {
                nap(other, 5);
                order.add("write");
                other.syscall("write", ends[1], put(other, "hello"), 5);
            });
            long buffer = user.allocate(16);
            assertEquals(5, user.syscall("read", ends[0], buffer, 16));
            order.add("read");
            assertEquals(List.of("write", "read"), order);
            assertEquals('h', user.load8(buffer));
            return 0;
        }));
    }

    /** More than fits, in pieces that do not match, by way of swaps of everything that can be swapped. */
    @Test
    void aWriterSleepsUntilThereIsRoomAndSwapsLoseNothing() {
        int total = 5 * Pipe.CAPACITY;
        try (Session session = session()) {
            Proc proc = session.spawn((user, arguments) -> {
                int[] ends = pipe(user, 0);
                int child = user.fork((reader, argument) -> {
                    long buffer = reader.allocate(7000);
                    int at = 0;
                    while (at < total) {
                        nap(reader, 1);
                        long got = reader.syscall("read", ends[0], buffer, 7000);
                        for (int i = 0; i < got; i += 997) {
                            if (reader.load8(buffer + i) != (byte) ((at + i) * 31 >> 3 & 0x7f)) {
                                reader.exit(1);
                            }
                        }
                        at += (int) got;
                    }
                    reader.exit(at == total ? 0 : 2);
                });
                byte[] bytes = new byte[total];
                for (int i = 0; i < total; i++) {
                    bytes[i] = (byte) (i * 31 >> 3 & 0x7f);
                }
                long buffer = user.mmap(0, total, 3, 0x1002, -1, 0);
                user.write(buffer, bytes, 0, total);
                assertEquals(total, user.syscall("write", ends[1], buffer, total));
                return waitFor(user, child);
            });
            String[] swaps = {"machine aarch64", "sched m2", "machine amd64", "mapindex rbtree", "sched 4bsd", "pageout clock"};
            long until = 0;
            for (String swap : swaps) {
                until += 4 * MS;
                session.kernel().run(RunLimit.until(until));
                assertTrue(states(session, proc).contains("pipewr"), "the writer sleeps: " + states(session, proc));
                session.swap(swap.split(" ")[0], swap.split(" ")[1]);
            }
            session.run();
            assertEquals("0 0", session.kernel().ask(engine -> proc.exitStatus() + " " + proc.exitSignal()));
        }
    }

    @Test
    void theLastWriterThatClosesEndsTheWait() {
        assertEquals(WELL, run(user -> {
            int[] ends = pipe(user, 0);
            int child = user.fork((writer, argument) -> {
                nap(writer, 5);
                writer.exit(0);
            });
            user.syscall("close", ends[1]);
            assertEquals(0, user.syscall("read", ends[0], user.allocate(8), 8), "the end");
            return waitFor(user, child);
        }));
    }

    @Test
    void theLastReaderThatClosesKillsTheWriter() {
        try (Session session = session()) {
            Proc proc = session.spawn((user, arguments) -> {
                int[] ends = pipe(user, 0);
                user.fork((reader, argument) -> {
                    nap(reader, 5);
                    reader.exit(0);
                });
                user.syscall("close", ends[0]);
                user.syscall("write", ends[1], user.mmap(0, 2 * Pipe.CAPACITY, 3, 0x1002, -1, 0), 2 * Pipe.CAPACITY);
                return 0;
            });
            session.run();
            assertEquals("0 " + Signal.SIGPIPE,
                    session.kernel().ask(engine -> proc.exitStatus() + " " + proc.exitSignal()));
        }
    }

    @Test
    void ignoringTheSignalLeavesTheError() {
        assertEquals(WELL, run(user -> {
            int[] ends = pipe(user, 0);
            user.syscall("close", ends[0]);
            user.sigaction(Signal.SIGPIPE, SignalAction.SIG_IGN, 0, 0);
            assertEquals(-1, user.syscall("write", ends[1], put(user, "x"), 1));
            assertEquals(Errno.EPIPE, user.errno());
            int[] handled = new int[1];
            user.sigaction(Signal.SIGPIPE, (in, signal, info, context) -> handled[0]++, 0, 0);
            assertEquals(-1, user.syscall("write", ends[1], put(user, "x"), 1));
            assertEquals(1, handled[0]);
            return 0;
        }));
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "2, 5"})
    void aSignalEndsTheWaitOrStartsItAgain(int flags, int bytes) {
        assertEquals(WELL, run(user -> {
            int[] ends = pipe(user, 0);
            user.sigaction(Signal.SIGUSR1, (in, signal, info, context) -> { }, flags, 0);
            int lid = user.lwpSelf();
            thread(user, other -> {
                nap(other, 5);
                other.lwpKill(lid, Signal.SIGUSR1);
                nap(other, 5);
                other.syscall("write", ends[1], put(other, "hello"), 5);
            });
            long got = user.syscall("read", ends[0], user.allocate(8), 8);
            assertEquals(flags == SignalAction.SA_RESTART ? 5 : -1, got);
            assertEquals(bytes, got < 0 ? user.errno() : got, "EINTR, or the bytes");
            return 0;
        }));
    }

    @Test
    void withoutWaiting() {
        assertEquals(WELL, run(user -> {
            int[] ends = pipe(user, NONBLOCK);
            long buffer = user.mmap(0, 2 * Pipe.CAPACITY, 3, 0x1002, -1, 0);
            assertEquals(-1, user.syscall("read", ends[0], buffer, 1));
            assertEquals(Errno.EAGAIN, user.errno());
            assertEquals(Pipe.CAPACITY, user.syscall("write", ends[1], buffer, 2 * Pipe.CAPACITY), "what fits");
            assertEquals(-1, user.syscall("write", ends[1], buffer, 1));
            assertEquals(Errno.EAGAIN, user.errno());
            assertEquals(100, user.syscall("read", ends[0], buffer, 100));
            assertEquals(-1, user.syscall("write", ends[1], buffer, 512), "a small write goes as one");
            assertEquals(Errno.EAGAIN, user.errno());
            assertEquals(100, user.syscall("write", ends[1], buffer, 513), "a large one does not");
            assertEquals(NONBLOCK, user.syscall("fcntl", ends[0], 3, 0));
            assertEquals(0, user.syscall("fcntl", ends[0], 4, 0));
            assertEquals(0, user.syscall("fcntl", ends[0], 3, 0));
            return 0;
        }));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFifoOpensWhenBothEndsDo(boolean readerFirst) {
        assertEquals(WELL, run(user -> {
            long path = put(user, "/fifo");
            assertEquals(0, user.syscall("mkfifo", path, 0));
            List<String> order = new ArrayList<>();
            thread(user, other -> {
                nap(other, 5);
                order.add("second");
                long fd = other.syscall("open", path, readerFirst ? WRONLY : RDONLY, 0);
                if (readerFirst) {
                    other.syscall("write", fd, put(other, "abc"), 3);
                } else {
                    other.syscall("read", fd, other.allocate(8), 3);
                    order.add("taken");
                }
            });
            long fd = user.syscall("open", path, readerFirst ? RDONLY : WRONLY, 0);
            order.add("first");
            if (readerFirst) {
                assertEquals(3, user.syscall("read", fd, user.allocate(8), 8));
            } else {
                assertEquals(3, user.syscall("write", fd, put(user, "abc"), 3));
                nap(user, 5);
                assertTrue(order.contains("taken"));
            }
            assertEquals(List.of("second", "first"), order.subList(0, 2));
            return 0;
        }));
    }

    @Test
    void aFifoOpensAtOnce() {
        assertEquals(WELL, run(user -> {
            long path = put(user, "/fifo");
            user.syscall("mkfifo", path, 0);
            assertEquals(-1, user.syscall("open", path, WRONLY | NONBLOCK, 0));
            assertEquals(Errno.ENXIO, user.errno());
            long reader = user.syscall("open", path, RDONLY | NONBLOCK, 0);
            assertEquals(0, user.syscall("read", reader, user.allocate(8), 8), "nobody writes: the end");
            assertTrue(user.syscall("open", path, WRONLY | NONBLOCK, 0) > reader);
            assertEquals(-1, user.syscall("read", reader, user.allocate(8), 8));
            assertEquals(Errno.EAGAIN, user.errno());
            user.syscall("close", reader);
            assertTrue(user.syscall("open", path, 2, 0) >= 0, "both ends at once wait for nobody");
            return 0;
        }));
    }

    @Test
    void anOpenThatIsInterruptedLeavesNoReader() {
        assertEquals(WELL, run(user -> {
            long path = put(user, "/fifo");
            user.syscall("mkfifo", path, 0);
            user.sigaction(Signal.SIGUSR1, (in, signal, info, context) -> { }, 0, 0);
            int lid = user.lwpSelf();
            thread(user, other -> {
                nap(other, 5);
                other.lwpKill(lid, Signal.SIGUSR1);
            });
            assertEquals(-1, user.syscall("open", path, RDONLY, 0));
            assertEquals(Errno.EINTR, user.errno());
            assertEquals(-1, user.syscall("open", path, WRONLY | NONBLOCK, 0));
            assertEquals(Errno.ENXIO, user.errno(), "nobody reads");
            return 0;
        }));
    }

    /** A writer that opens and closes while the reader is not running still lets it in. */
    @Test
    void anEndThatCameAndWentCounts() {
        assertEquals(WELL, run(user -> {
            long path = put(user, "/fifo");
            user.syscall("mkfifo", path, 0);
            thread(user, other -> {
                nap(other, 5);
                other.syscall("close", other.syscall("open", path, WRONLY, 0));
            });
            long fd = user.syscall("open", path, RDONLY, 0);
            assertTrue(fd >= 0);
            assertEquals(0, user.syscall("read", fd, user.allocate(8), 8));
            return 0;
        }));
    }

    /** A reader whose buffer has to be brought in keeps the others out meanwhile: no byte comes twice. */
    @Test
    void readersDoNotSeeTheSameBytes() {
        try (Session session = new Session(KernelConfig.standard().withCpus(4).withMemoryBytes(2L << 20))) {
            assertEquals(WELL, session.runToEnd((user, arguments) -> {
                int[] ends = pipe(user, 0);
                long sums = user.mmap(0, 4096, 3, 0x1001, -1, 0);
                int[] children = new int[3];
                for (int i = 0; i < children.length; i++) {
                    long slot = sums + 8L * i;
                    children[i] = user.fork((reader, argument) -> {
                        reader.syscall("close", ends[1]);
                        long buffer = reader.mmap(0, 400 * 4096, 3, 0x1002, -1, 0);
                        long page = 0;
                        long got;
                        do {
                            long at = buffer + page++ % 400 * 4096;
                            got = reader.syscall("read", ends[0], at, 64);
                            for (int b = 0; b < got; b += 4) {
                                reader.store64(slot, reader.load64(slot) + reader.load32(at + b));
                            }
                        } while (got > 0);
                        reader.exit(got == 0 ? 0 : 1);
                    });
                }
                long buffer = user.allocate(64);
                long sum = 0;
                for (int i = 0; i < 3000; i++) {
                    for (int b = 0; b < 64; b += 4) {
                        user.store32(buffer + b, i * 16 + b);
                        sum += i * 16 + b;
                    }
                    assertEquals(64, user.syscall("write", ends[1], buffer, 64));
                }
                user.syscall("close", ends[1]);
                for (int child : children) {
                    assertEquals(0, waitFor(user, child));
                }
                assertEquals(sum, user.load64(sums) + user.load64(sums + 8) + user.load64(sums + 16));
                return 0;
            }), () -> session.output().toString());
        }
    }

    @Test
    void aDescriptorThatIsClosedMeanwhileStaysOpenForTheRead() {
        assertEquals(WELL, run(user -> {
            int[] ends = pipe(user, 0);
            user.sigaction(Signal.SIGPIPE, SignalAction.SIG_IGN, 0, 0);
            thread(user, other -> {
                nap(other, 5);
                other.syscall("close", ends[0]);
                assertEquals(2, other.syscall("write", ends[1], put(other, "ok"), 2));
                nap(other, 5);
                assertEquals(-1, other.syscall("write", ends[1], put(other, "ok"), 2));
            });
            assertEquals(2, user.syscall("read", ends[0], user.allocate(8), 8));
            nap(user, 20);
            return 0;
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"piperd", "pipewr", "fifoor", "fifoow"})
    void aSleeperIsShownAndCanBeKilled(String reason) {
        try (Session session = session()) {
            Proc proc = session.spawn((user, arguments) -> {
                int[] ends = pipe(user, 0);
                long path = put(user, "/fifo");
                user.syscall("mkfifo", path, 0);
                switch (reason) {
                    case "piperd" -> user.syscall("read", ends[0], path, 1);
                    case "pipewr" -> user.syscall("write", ends[1], user.mmap(0, 1 << 20, 3, 0x1002, -1, 0), 1 << 20);
                    case "fifoor" -> user.syscall("open", path, RDONLY, 0);
                    default -> user.syscall("open", path, WRONLY, 0);
                }
                return 0;
            });
            session.run();
            assertEquals(reason, states(session, proc));
            Proc killer = session.spawn((user, arguments) -> user.kill(proc.pid(), Signal.SIGKILL));
            session.run();
            assertEquals(0, (int) session.kernel().ask(engine -> killer.exitStatus()));
            assertEquals("" + Signal.SIGKILL, session.kernel().ask(engine -> "" + proc.exitSignal()));
            session.kernel().ask(engine -> {
                assertEquals(0, session.kernel().vm().context().objects().live());
                return null;
            });
        }
    }
}
