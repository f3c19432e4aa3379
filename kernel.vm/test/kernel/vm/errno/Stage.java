// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kernel.sched.errno.Errno;
import kernel.vm.call.MemorySymbols;
import kernel.vm.call.VmCalls;
import kernel.vm.map.VmLimits;
import kernel.vm.syscall.Parameter;
import kernel.vm.syscall.ResultKind;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.testing.TestKernel;
import kernel.vm.testing.TestProcess;

/**
 * A process on which one call is tried. It has four anonymous pages at A; behind a hole of one page, at B, a page of a
 * memory file that is open for reading only; below them a page TEXT.
 */
final class Stage implements AutoCloseable {
    private static final long P = 4096;
    private static final long A = 0x0200_0000;
    private static final long HOLE = A + 4 * P;
    private static final long B = HOLE + P;
    private static final long TEXT = 0x0180_0000;
    private static final long VECTOR_OFFSET = 2048;
    private static final long MEMORY_BYTES = 4L << 20;
    private static final int ANON_FIXED = MemorySymbols.MAP_ANON | MemorySymbols.MAP_FIXED | MemorySymbols.MAP_PRIVATE;
    private static final int RW = 3;
    private static final int LONG_PATH = 1024;

    private final TestKernel kernel;
    private final Map<String, Long> constants = new HashMap<>();
    private final Values values = new Values(constants, this::descriptor);
    private TestProcess process;
    private Descriptors descriptors;
    private Surroundings surroundings;
    private long nextText = TEXT;

    Stage(int wordBits, Path root) {
        long max = TestKernel.LIMITS.maxAddress();
        kernel = new TestKernel(MEMORY_BYTES, root, new VmLimits(0, max, wordBits, false, TestKernel.GROW_BYTES));
        constants.putAll(Map.of("A", A, "HOLE", HOLE, "B", B, "END", B + P, "TEXT", TEXT, "VEC", TEXT + VECTOR_OFFSET,
                "MAX", max, "ALL", -1L >>> Long.SIZE - wordBits, "HALF", 1L << wordBits - 1, "BAD", max / 2));
    }

    /** Makes the call and gives what came of it: {@code ok}, the name of an errno, or the value that is asked for. */
    String play(String profile, Chapter chapter, Settings settings, String expected) {
        String[] outcome = new String[1];
        kernel.on(() -> {
            process = kernel.process();
            prepare();
            kernel.vm.context().profile(Tables.profile(profile));
            outcome[0] = call(chapter.call(), chapter.arguments(settings), expected);
        });
        return outcome[0];
    }

    private void prepare() {
        process.ok("mmap", TEXT, P, RW, ANON_FIXED, -1, 0);
        process.ok("mmap", A, 4 * P, RW, ANON_FIXED, -1, 0);
        descriptors = new Descriptors(kernel, process, this::string);
        process.ok("mmap", B, P, 1, MemorySymbols.MAP_FIXED | MemorySymbols.MAP_SHARED, descriptors.of("SHM_R"), 0);
        surroundings = new Surroundings(kernel, process, values, this::string);
    }

    private long string(String text) {
        long at = process.string(nextText, text);
        nextText += (text.length() + 8) & ~7L;
        return at;
    }

    private long descriptor(String name) {
        return descriptors.of(name);
    }

    private String call(String name, Settings settings, String expected) {
        SyscallDescriptor call = VmCalls.named(name);
        long[] arguments = new long[call.parameters().size()];
        for (Settings.Setting setting : settings.all()) {
            int at = call.parameters().stream().map(Parameter::name).toList().indexOf(setting.name());
            if (at < 0) {
                surroundings.set(setting.name(), setting.value());
            } else {
                long value = argument(setting.value(), call.parameters().get(at));
                arguments[at] = setting.adds() ? arguments[at] | value : value;
            }
        }
        surroundings.becomeUser();
        int errno = process.call(name, arguments);
        return errno != 0 ? Errno.name(errno) : value(call, expected);
    }

    private long argument(String text, Parameter parameter) {
        if (text.equals("LONG")) {
            return string("x".repeat(LONG_PATH));
        }
        return text.startsWith("/") || text.startsWith("'") ? string(text.replace("'", ""))
                : values.of(text, parameter.symbols());
    }

    private String value(SyscallDescriptor call, String expected) {
        boolean asked = call.result() != ResultKind.NONE && !expected.equals("ok") && !expected.startsWith("E");
        return asked && values.of(expected, null) == process.result() ? expected
                : asked ? "0x" + Long.toHexString(process.result()) : "ok";
    }

    @Override
    public void close() {
        kernel.close();
    }
}
