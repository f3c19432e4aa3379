// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.host;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kernel.sched.errno.Errno;
import kernel.vm.map.VmInherit;
import kernel.vm.map.VmMapEntry;
import kernel.vm.object.VmProfile;
import kernel.vm.pmap.VmProt;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same calls made here and by the kernel of the host, where that is Linux: errno, map, contents and the file must
 * agree, but for the differences that {@link #listedDifferences} names.
 */
class HostDifferenceTest {
    private static final long BASE = 0x0200_0000;
    private static final long SCRATCH = 0x3000_0000;
    private static final int PAGE = 4096;
    private static final int SEQUENCES = 20;
    private static final int LENGTH = 120;

    @TempDir
    Path root;
    private Process host;
    private BufferedReader answers;
    private PrintWriter orders;
    private Path hostFile;
    private Path ownFile;

    @BeforeEach
    void startTheHost() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux") && Files.isReadable(Path.of("/proc/self/maps")),
                "the calls are compared with the host's where that is Linux with /proc");
        ownFile = Files.write(root.resolve("own"), new byte[HostOp.FILE_PAGES * PAGE]);
        hostFile = Files.write(root.resolve("host"), new byte[HostOp.FILE_PAGES * PAGE]);
        host = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                HostProgram.class.getName(), hostFile.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = host.inputReader();
        orders = new PrintWriter(host.outputWriter());
    }

    @AfterEach
    void endTheHost() throws Exception {
        if (host != null) {
            orders.close();
            if (!host.waitFor(10, TimeUnit.SECONDS)) {
                host.destroyForcibly();
            }
        }
    }

    private interface Body {
        void run(TestProcess process) throws IOException;
    }

    private void with(Body body) {
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            kernel.on(() -> {
                kernel.vm.context().profile(VmProfile.modern());
                TestProcess process = kernel.process();
                process.ok("mmap", SCRATCH, PAGE, 3, MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0);
                assertEquals(0, process.ok("open", process.string(SCRATCH, "/own"), 2, 0));
                assertEquals(1, process.ok("open", process.string(SCRATCH, "/own"), 0, 0));
                try {
                    body.run(process);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                process.exit();
            });
        }
    }

    private List<String> ask(List<HostOp> ops) throws IOException {
        ops.forEach(op -> orders.println(op.text()));
        orders.println("end");
        orders.flush();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i <= ops.size(); i++) {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the process of the host ended at call " + i);
            }
            lines.add(line);
        }
        return lines;
    }

    /** The value of a load, 0, or a negated errno; a signal counts as EFAULT. */
    private static long run(TestProcess process, HostOp op) {
        long at = op.address(BASE);
        int sharing = (op.shared() ? MAP_SHARED : MAP_PRIVATE) | MAP_FIXED;
        return switch (op.kind()) {
            case "anon" -> -process.call("mmap", at, op.bytes(), op.prot(), sharing | MAP_ANON, -1, 0);
            case "file" -> -process.call("mmap", at, op.bytes(), op.prot(), sharing, op.file(),
                    (long) op.offset() * PAGE);
            case "munmap" -> -process.call("munmap", at, op.bytes());
            case "mprotect" -> -process.call("mprotect", at, op.bytes(), op.prot());
            case "msync" -> -process.call("msync", at, op.bytes(), 0);
            case "madvise" -> -process.call("madvise", at, op.bytes(), op.prot());
            case "load" -> {
                long value = process.peek(at);
                yield value < 0 ? -Errno.EFAULT : value;
            }
            default -> process.poke(at, op.value()) == 0 ? 0 : -Errno.EFAULT;
        };
    }

    private static String map(TestProcess process) {
        StringBuilder text = new StringBuilder();
        for (int page = 0; page < HostOp.WINDOW_PAGES; page++) {
            VmMapEntry entry = process.entry(BASE + (long) page * PAGE);
            text.append(text.isEmpty() ? "" : " ");
            if (entry == null) {
                text.append("none");
                continue;
            }
            text.append(VmProt.text(entry.protection())).append(entry.inheritance() == VmInherit.SHARE ? 's' : 'p');
            if ((entry.protection() & VmProt.READ) != 0) {
                text.append('=').append(process.peek(BASE + (long) page * PAGE));
            }
        }
        process.ok("munmap", BASE, (long) HostOp.WINDOW_PAGES * PAGE);
        return text.toString();
    }

    @Test
    void sequences() {
        with(process -> {
            for (long seed = 1; seed <= SEQUENCES; seed++) {
                List<HostOp> ops = HostOp.sequence(seed, LENGTH);
                List<String> expected = ask(ops);
                for (int i = 0; i < ops.size(); i++) {
                    String where = "seed " + seed + ", call " + i + ": " + ops.get(i).text();
                    assertEquals(expected.get(i), Long.toString(run(process, ops.get(i))), where);
                }
                assertEquals(expected.getLast(), map(process), "map and contents after seed " + seed);
            }
        });
        check();
    }

    private void check() {
        try {
            assertArrayEquals(Files.readAllBytes(hostFile), Files.readAllBytes(ownFile), "the contents of the file");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * Where the systems differ on purpose: the call, after a page was mapped at page 0, what Linux answers, and we.
     *
     * <p>Linux reports a hole after doing part of the work, FreeBSD skips it.
     */
    @ParameterizedTest(name = "{0}: {1} there, {2} here")
    @CsvSource({
        "mprotect 0 2 1 false 0 0 0, -12, 0",
        "madvise 0 2 0 false 0 0 0, -12, 0",
        "madvise 3 1 0 false 0 0 0, -12, 0"})
    void listedDifferences(String line, long linux, long own) {
        with(process -> {
            HostOp before = HostOp.parse("anon 0 1 3 false 0 0 0");
            HostOp op = HostOp.parse(line);
            assertEquals(Long.toString(linux), ask(List.of(before, op)).get(1));
            assertEquals(0, run(process, before));
            assertEquals(own, run(process, op));
        });
    }

    @Test
    void adviceThatLinuxTakesAtItsWord() {
        with(process -> {
            List<HostOp> ops = List.of(HostOp.parse("anon 0 1 3 false 0 0 0"), HostOp.parse("store 0 1 0 false 0 0 7"),
                    HostOp.parse("madvise 0 1 4 false 0 0 0"), HostOp.parse("load 0 1 0 false 0 0 0"));
            assertEquals("0", ask(ops).get(3), "thrown away");
            long last = 0;
            for (HostOp op : ops) {
                last = run(process, op);
            }
            assertEquals(7, last, "kept");
        });
    }
}
