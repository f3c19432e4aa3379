// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.suite;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kernel.vm.object.Feature;
import kernel.vm.object.VmProfile;
import kernel.vm.testing.MapChecks;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.DynamicTest;

/**
 * Collects cases named after those of other systems' test suites; ours are written anew from what they check.
 *
 * <p>What the original suite expects has to hold in the modern profile; whether it also holds in the others, and what
 * happens there if not, is a case of its own.
 */
final class Cases {
    static final long P = 4096;
    static final int RW = 3;
    static final int ANON = MAP_ANON | MAP_PRIVATE;
    static final int SIGBUS = 10;
    static final int SIGSEGV = 11;
    /** A page of the first process for strings and results. */
    static final long TEXT = 0x3000_0000;
    static final int FILE_PAGES = 4;

    /** A case: what a process does in a kernel. */
    interface Body {
        void run(Env env) throws IOException;
    }

    /** What a case has: a kernel, its first process, and {@code /file} with {@link #FILE_PAGES} pages. */
    record Env(TestKernel kernel, TestProcess process, Path file) {
        long anon(long pages) {
            return process.ok("mmap", 0, pages * P, RW, ANON, -1, 0);
        }

        long open(String path, int mode) {
            return process.ok("open", process.string(TEXT, path), mode, 0);
        }

        long map(long fd, int prot, boolean shared) {
            return process.ok("mmap", 0, FILE_PAGES * P, prot, shared ? MAP_SHARED : MAP_PRIVATE, fd, 0);
        }

        void fails(int errno, String call, long... arguments) {
            assertEquals(errno, process.call(call, arguments), call);
        }

        void works(String call, long... arguments) {
            assertEquals(0, process.call(call, arguments), call);
        }

        /** How many of the bytes that mincore stores for a range say that the page is there. */
        int resident(long address, int pages) {
            works("mincore", address, pages * P, TEXT + 2048);
            byte[] bytes = new byte[pages];
            process.memory().copyin(TEXT + 2048, bytes, 0, pages);
            int count = 0;
            for (byte each : bytes) {
                count += each & 1;
            }
            return count;
        }
    }

    private record Case(String name, List<VmProfile> profiles, Body body) {}

    private final Path root;
    private final List<Case> cases = new ArrayList<>();

    Cases(Path root) {
        this.root = root;
    }

    private static VmProfile modern() {
        return VmProfile.modern().without(Feature.RANDOM_ADDRESSES);
    }

    /** Holds in every profile. */
    Cases all(String name, Body body) {
        cases.add(new Case(name, List.of(VmProfile.seed(), VmProfile.fixed(), modern()), body));
        return this;
    }

    /** Holds where defects are repaired. */
    Cases repaired(String name, Body body) {
        cases.add(new Case(name, List.of(VmProfile.fixed(), modern()), body));
        return this;
    }

    /** Holds in the modern profile only. */
    Cases modern(String name, Body body) {
        cases.add(new Case(name, List.of(modern()), body));
        return this;
    }

    /** What the original code of 2006 does instead, and its repaired version too. */
    Cases old(String name, Body body) {
        cases.add(new Case(name, List.of(VmProfile.seed(), VmProfile.fixed()), body));
        return this;
    }

    /** What the unrepaired code of 2006 does. */
    Cases seed(String name, Body body) {
        cases.add(new Case(name, List.of(VmProfile.seed()), body));
        return this;
    }

    Stream<DynamicTest> tests() {
        return cases.stream().flatMap(each -> each.profiles().stream().map(profile ->
                DynamicTest.dynamicTest(each.name() + " (" + profile.name() + ")", () -> run(each, profile))));
    }

    private void run(Case each, VmProfile profile) throws IOException {
        Path file = Files.write(root.resolve("file"), new byte[(int) (FILE_PAGES * P)]);
        Files.createDirectories(root.resolve("dir"));
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, RW, ANON | MAP_FIXED, -1, 0);
                kernel.vm.context().profile(profile);
                try {
                    each.body().run(new Env(kernel, process, file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                MapChecks.check(kernel.vm);
                process.exit();
            });
        }
    }
}
