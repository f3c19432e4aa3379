// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.hook;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;
import static kernel.vm.call.MemorySymbols.MAP_SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kernel.sched.errno.Errno;
import kernel.vm.file.Vnode;
import kernel.vm.syscall.Caller;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked about mappings and told of them, in which order, and what happens when one throws. */
class VmHooksTest {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long TEXT = 0x0300_0000;
    private static final int READ_EXEC = 5;

    @TempDir
    Path root;
    private final List<String> heard = new ArrayList<>();

    private interface Body {
        void run(TestKernel kernel, TestProcess process, long fd);
    }

    private void with(Body body) throws IOException {
        Files.write(root.resolve("file"), new byte[(int) (2 * P)]);
        try (TestKernel kernel = new TestKernel(16L << 20, root)) {
            kernel.on(() -> {
                TestProcess process = kernel.process();
                process.ok("mmap", TEXT, P, 3, MAP_ANON | MAP_FIXED, -1, 0);
                body.run(kernel, process, process.ok("open", process.string(TEXT, "/file"), 2, 0));
                process.exit();
                assertEquals(0, kernel.pagesInUse());
                assertEquals(0, kernel.vm.context().objects().live(), "no reference is left after a refusal");
            });
        }
    }

    /** A policy that hears everything and answers the same. */
    private MapPolicy policy(String name, int answer) {
        return new MapPolicy() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int checkMap(Caller caller, Vnode vnode, int prot, int flags) {
                heard.add(name + " " + caller.uid() + " " + vnode.name() + " " + prot + " " + flags);
                if (answer < 0) {
                    throw new IllegalStateException("no answer");
                }
                return answer;
            }
        };
    }

    private ExecMapListener listener(String name, boolean breaks) {
        return new ExecMapListener() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void mapped(Caller caller, Vnode vnode, long address) {
                heard.add(name + " " + vnode.name() + " at " + Long.toHexString(address));
                if (breaks) {
                    throw new IllegalStateException("not now");
                }
            }

            @Override
            public void unmapping(Caller caller, long address, long sizeBytes) {
                heard.add(name + " " + Long.toHexString(address) + " " + sizeBytes);
            }
        };
    }

    @Test
    void theFirstRefusalCounts() throws IOException {
        with((kernel, process, fd) -> {
            kernel.vm.context().hooks().add(policy("c", Errno.EIO));
            kernel.vm.context().hooks().add(policy("a", 0));
            kernel.vm.context().hooks().add(policy("b", Errno.EACCES));
            assertEquals(Errno.EACCES, process.call("mmap", A, P, 1, MAP_SHARED | MAP_FIXED, fd, 0));
            assertEquals(List.of("a 0 /file 1 17", "b 0 /file 1 17"), heard);
            assertEquals(0, process.call("mmap", 0, P, 1, MAP_ANON | MAP_PRIVATE, -1, 0), "files only");
            assertEquals(List.of("a", "b", "c"), kernel.vm.context().hooks().names());
        });
    }

    /** The order of checks around the policy: after the kind of file, before its flags. */
    @Test
    void theOrderOfChecks() throws IOException {
        with((kernel, process, fd) -> {
            kernel.vm.context().hooks().add(policy("only", Errno.EBUSY));
            process.files().get((int) fd).vnode().flags(Vnode.IMMUTABLE);
            assertEquals(Errno.EBUSY, process.call("mmap", 0, P, 3, MAP_SHARED, fd, 0), "before EPERM");
            long directory = process.ok("open", process.string(TEXT, "/"), 0, 0);
            assertEquals(Errno.EINVAL, process.call("mmap", 0, P, 1, MAP_SHARED, directory, 0), "after EINVAL");
            assertEquals(0, process.call("mmap", 0, 0, 3, MAP_SHARED, fd, 0), "nothing is mapped, nobody is asked");
            assertEquals(1, heard.size());
        });
    }

    @Test
    void aPolicyThatThrowsIsDropped() throws IOException {
        with((kernel, process, fd) -> {
            kernel.vm.context().hooks().add(policy("broken", -1));
            kernel.vm.context().hooks().add(policy("sound", 0));
            process.ok("mmap", A, P, 1, MAP_SHARED | MAP_FIXED, fd, 0);
            assertEquals(2, heard.size(), "the next one is asked all the same");
            assertEquals(List.of("sound"), kernel.vm.context().hooks().names());
            assertTrue(kernel.vm.context().lastHazard().contains("policy broken"), kernel.vm.context().lastHazard());
        });
    }

    @Test
    void listenersHearOfCode() throws IOException {
        with((kernel, process, fd) -> {
            VmHooks hooks = kernel.vm.context().hooks();
            hooks.add(listener("y", false));
            hooks.add(listener("x", true));
            process.ok("mmap", A, 2 * P, READ_EXEC, MAP_PRIVATE | MAP_FIXED, fd, 0);
            process.ok("mmap", A + 4 * P, P, 1, MAP_PRIVATE | MAP_FIXED, fd, 0);
            process.ok("mmap", A + 5 * P, P, READ_EXEC, MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0);
            process.ok("munmap", A + 4 * P, P);
            process.ok("munmap", A + P, P);
            process.ok("munmap", A + 5 * P, P);
            assertEquals(List.of("x /file at 2000000", "y /file at 2000000", "y 2001000 4096", "y 2005000 4096"), heard);
            assertEquals(List.of("y"), hooks.names(), "the one that threw is gone");
            hooks.remove(listener("y", false));
            assertEquals(List.of("y"), hooks.names(), "another object with its name is another hook");
        });
    }
}
