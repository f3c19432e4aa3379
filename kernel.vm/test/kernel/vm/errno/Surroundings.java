// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.util.function.ToLongFunction;
import kernel.sched.errno.Errno;
import kernel.vm.call.FileSymbols;
import kernel.vm.call.MemorySymbols;
import kernel.vm.file.MountFlags;
import kernel.vm.file.Vnode;
import kernel.vm.hook.MapPolicy;
import kernel.vm.object.VmContext;
import kernel.vm.page.FailurePoint;
import kernel.vm.syscall.Caller;
import kernel.vm.syscall.Resource;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;

/** What holds around a call: who makes it, limits, what is locked, what fails. */
final class Surroundings {
    private static final long P = 4096;
    private static final String LIMIT = "RLIMIT_";
    private static final int ANON_FIXED = MemorySymbols.MAP_ANON | MemorySymbols.MAP_FIXED | MemorySymbols.MAP_PRIVATE;

    private final TestKernel kernel;
    private final TestProcess process;
    private final Values values;
    private final ToLongFunction<String> strings;
    private boolean user;

    /** For a process whose memory takes strings with this function. */
    Surroundings(TestKernel kernel, TestProcess process, Values values, ToLongFunction<String> strings) {
        this.kernel = kernel;
        this.process = process;
        this.values = values;
        this.strings = strings;
    }

    /** Arranges something; a superuser does. */
    void set(String name, String text) {
        if (name.startsWith(LIMIT)) {
            process.limit(Resource.valueOf(name.substring(LIMIT.length())), number(text));
            return;
        }
        VmContext context = kernel.vm.context();
        switch (name) {
            case "as" -> user = text.equals("user");
            case "max_proc_mmap" -> context.tunables().maxProcMmap(number(text));
            case "max_wired" -> context.tunables().maxWired(number(text));
            case "spare_wired" -> context.tunables().maxWired(context.pages().wired() + number(text));
            case "policy" -> context.hooks().add(policy(Errno.byName(text)));
            case "fails" -> context.pages().failures(point -> point == FailurePoint.valueOf(text));
            case "locked" -> process.ok("mlock", number(text), P);
            case "touched" -> process.poke(number(text), 1);
            case "mapped" -> process.ok("mmap", number(text), P, MemorySymbols.PROT_READ, ANON_FIXED, -1, 0);
            case "closed_to_all" -> process.ok("mmap", number(text), P, 0, ANON_FIXED, -1, 0);
            case "guard" -> process.ok("mmap", number(text), P, 0,
                    MemorySymbols.MAP_GUARD | MemorySymbols.MAP_FIXED, -1, 0);
            case "private_file" -> map(text, MemorySymbols.MAP_PRIVATE, 3);
            case "readable_file" -> map(text, MemorySymbols.MAP_PRIVATE, 1);
            case "shared_file" -> map(text, MemorySymbols.MAP_SHARED, 3);
            case "future" -> process.ok("mlockall", MemorySymbols.MCL_FUTURE);
            case "mount" -> kernel.vm.files().mount(MountFlags.parse(text));
            case "file_flags" -> process.ok("chflags", strings.applyAsLong("/file"), FileSymbols.FLAGS.value(text));
            case "closed" -> process.ok("close", number(text));
            case "descriptors" -> fillDescriptors();
            case "word" -> { }
            default -> throw new IllegalArgumentException("nothing is called " + name);
        }
    }

    private void fillDescriptors() {
        int error = 0;
        while (error == 0) {
            error = process.call("socket", 1, 1, 0);
        }
        if (error != Errno.EMFILE) {
            throw new AssertionError(Errno.name(error));
        }
    }

    private long number(String text) {
        return text.equals("size") ? process.vmspace().map().sizeBytes() : values.of(text, null);
    }

    /** Maps one page of a file of four pages. */
    private void map(String text, int sharing, int prot) {
        String[] parts = text.split(":");
        long pos = parts.length > 1 ? number(parts[1]) : 0;
        process.ok("mmap", number(parts[0]), P, prot, sharing | MemorySymbols.MAP_FIXED, values.of("RDWR", null), pos);
    }

    /** Ends the arrangements: from here on everything is done by who makes the call. */
    void becomeUser() {
        process.root = !user;
    }

    private static MapPolicy policy(int answer) {
        return new MapPolicy() {
            @Override
            public String name() {
                return "table";
            }

            @Override
            public int checkMap(Caller caller, Vnode vnode, int prot, int flags) {
                return answer;
            }
        };
    }
}
