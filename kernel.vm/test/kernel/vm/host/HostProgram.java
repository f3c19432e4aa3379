// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The program of a process of the host that makes the calls of {@link HostOp} with the host's own kernel.
 *
 * <p>Argument: the file to map. Reads one call a line; answers each with its errno or value. A line {@code end} is
 * answered with the map and the contents of the window, which is empty again afterwards. The window lies where the
 * host puts nothing by itself, so that holes in it stay holes.
 */
final class HostProgram {
    static final long BASE = 0x2000_0000_0000L;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MS_SYNC = 4;
    private static final long WINDOW_BYTES = HostOp.WINDOW_PAGES * 4096L;

    private final HostLibc libc = new HostLibc();
    private final int[] files;
    private final int pipeRead;
    private final int pipeWrite;

    private HostProgram(Path file) {
        files = new int[] {libc.open(file, 2), libc.open(file, 0)};
        int[] ends = libc.pipe();
        pipeRead = ends[0];
        pipeWrite = ends[1];
    }

    public static void main(String[] args) throws IOException {
        HostProgram program = new HostProgram(Path.of(args[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(line.equals("end") ? program.end() : Long.toString(program.run(HostOp.parse(line))));
            System.out.flush();
        }
    }

    /** The value of a load, 0, or a negated errno. */
    private long run(HostOp op) {
        long at = op.address(BASE);
        int sharing = op.shared() ? 1 : 2;
        return switch (op.kind()) {
            case "anon" -> libc.mmap(at, op.bytes(), op.prot(), sharing | MAP_ANONYMOUS | HostLibc.MAP_FIXED, -1, 0);
            case "file" -> libc.mmap(at, op.bytes(), op.prot(), sharing | HostLibc.MAP_FIXED, files[op.file()],
                    op.offset() * 4096L);
            case "munmap" -> libc.munmap(at, op.bytes());
            case "mprotect" -> libc.mprotect(at, op.bytes(), op.prot());
            case "msync" -> libc.msync(at, op.bytes(), MS_SYNC);
            case "madvise" -> libc.madvise(at, op.bytes(), op.prot());
            case "load" -> load(at);
            default -> store(at, op.value());
        };
    }

    /** Through a pipe, so that what may not be read is an errno and no signal. */
    private long load(long address) {
        long moved = libc.write(pipeWrite, address, 8);
        return moved < 0 ? moved : libc.take(pipeRead);
    }

    private long store(long address, long value) {
        libc.put(pipeWrite, value);
        long moved = libc.read(pipeRead, address, 8);
        if (moved < 0) {
            libc.take(pipeRead);
        }
        return Math.min(moved, 0);
    }

    private String end() throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> maps = Files.readAllLines(Path.of("/proc/self/maps"));
        for (int page = 0; page < HostOp.WINDOW_PAGES; page++) {
            long at = BASE + page * 4096L;
            String permissions = permissions(maps, at);
            text.append(text.isEmpty() ? "" : " ").append(permissions);
            if (permissions.startsWith("r")) {
                text.append('=').append(load(at));
            }
        }
        libc.munmap(BASE, WINDOW_BYTES);
        return text.toString();
    }

    private static String permissions(List<String> maps, long address) {
        for (String line : maps) {
            String[] words = line.split(" +");
            String[] ends = words[0].split("-");
            if (Long.parseUnsignedLong(ends[0], 16) <= address && address < Long.parseUnsignedLong(ends[1], 16)) {
                return words[1];
            }
        }
        return "none";
    }
}
