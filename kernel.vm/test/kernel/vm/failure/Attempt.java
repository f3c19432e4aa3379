// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.failure;

import static kernel.vm.call.MemorySymbols.MAP_ANON;
import static kernel.vm.call.MemorySymbols.MAP_FIXED;
import static kernel.vm.call.MemorySymbols.MAP_PRIVATE;

import java.util.Set;
import java.util.TreeMap;
import kernel.sched.errno.Errno;
import kernel.vm.testing.TestProcess;

/** A process that goes on when something fails until it is killed, and knows what its memory must hold. */
final class Attempt {
    static final long P = 4096;
    static final long A = 0x0200_0000;
    private static final long TEXT = 0x0300_0000;
    private static final int RW = 3;
    /** What a failed allocation or transfer may become. */
    private static final Set<Integer> ERRORS = Set.of(Errno.ENOMEM, Errno.EIO, Errno.EAGAIN, Errno.ENOSPC, Errno.EFAULT);
    /** SIGKILL without memory, the others without a page that can be read. */
    private static final Set<Integer> SIGNALS = Set.of(9, 10, 11);
    private static final int SIGKILL = 9;

    private final TestProcess process;
    private final TreeMap<Long, Long> stored = new TreeMap<>();
    private boolean worked = true;
    private boolean killed;

    Attempt(TestProcess process) {
        this.process = process;
    }

    /** A page for strings, a host file as descriptor 0, a memory file as descriptor 1; nothing fails yet. */
    void prepare() {
        process.ok("mmap", TEXT, P, RW, MAP_ANON | MAP_FIXED | MAP_PRIVATE, -1, 0);
        process.ok("open", process.string(TEXT, "/file"), 2, 0);
        process.ok("shm_open", process.string(TEXT, "memory"), 0x202, 0);
        process.ok("ftruncate", 1, 8 * P);
        process.ok("shm_unlink", TEXT);
        process.ok("mlock", TEXT, P);
    }

    /** Makes a call that works or fails for want of something. */
    boolean call(String name, long... arguments) {
        if (killed) {
            return false;
        }
        int error = process.call(name, arguments);
        if (error != 0 && !ERRORS.contains(error)) {
            throw new AssertionError(name + " failed with " + Errno.name(error));
        }
        worked &= error == 0;
        return error == 0;
    }

    void map(long address, long pages, int flags, long fd) {
        call("mmap", address, pages * P, RW, flags | MAP_FIXED, fd, 0);
    }

    void poke(long address, long value) {
        if (killed) {
            return;
        }
        int signal = process.poke(address, value);
        killed = signal == SIGKILL;
        if (signal == 0) {
            stored.put(address, value);
        } else if (!SIGNALS.contains(signal)) {
            throw new AssertionError("signal " + signal);
        }
        worked &= signal == 0;
    }

    /** Loads what may be loaded; it must be what was stored last. */
    void peek(long address) {
        if (killed) {
            return;
        }
        long value = process.peek(address);
        killed = value == -SIGKILL;
        boolean failed = SIGNALS.contains((int) -value);
        worked &= !failed;
        if (!failed && stored.containsKey(address) && stored.get(address) != value) {
            throw new AssertionError("0x" + Long.toHexString(address) + " holds " + value + ", not "
                    + stored.get(address));
        }
    }

    /** A child that reads and writes what the parent has, and goes. */
    void fork(long... addresses) {
        if (killed) {
            return;
        }
        TestProcess child = process.fork();
        worked &= child != null;
        if (child == null) {
            return;
        }
        for (long address : addresses) {
            long before = child.peek(address);
            boolean lost = SIGNALS.contains((int) -before);
            if (!lost && stored.containsKey(address) && before != stored.get(address)) {
                throw new AssertionError("the child finds " + before + " at 0x" + Long.toHexString(address));
            }
            worked &= !lost && child.poke(address, -5) == 0;
        }
        child.exit();
        addressesUnchanged(addresses);
    }

    private void addressesUnchanged(long... addresses) {
        for (long address : addresses) {
            peek(address);
        }
    }

    /** Nothing fails any more: all that was stored is there, unless its page could not be written before. */
    void readEverything() {
        killed = false;
        stored.keySet().forEach(address -> {
            if (process.entry(address) != null) {
                peek(address);
            }
        });
    }

    boolean worked() {
        return worked;
    }
}
