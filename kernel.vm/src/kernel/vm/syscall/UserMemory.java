// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

import kernel.sched.errno.Errno;
import kernel.vm.fault.VmFault;
import kernel.vm.map.VmSpace;
import kernel.vm.object.VmContext;
import kernel.vm.page.PagePool;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import org.osgi.annotation.versioning.ProviderType;

/**
 * User memory as one LWP sees it: every access goes through the TLB and the page tables of its CPU.
 *
 * <p>Each LWP has one. Called on that LWP with its address space active; no spin mutex and no map or object lock
 * may be held, because an access may fault and a fault may block. Every method returns 0 or {@code Errno.EFAULT};
 * after EFAULT the {@code fault...} methods say which signal user mode would get. Reads leave their value in
 * {@link #value()}. Nothing here charges for the access itself or interleaves unless it faults: user code does,
 * before it calls.
 */
@ProviderType
public final class UserMemory extends UserTranslation {
    private final PhysicalMemory memory;
    private byte[] scratch;
    private long value;
    private int length;

    /** Memory of an LWP of {@code space}. */
    public UserMemory(VmContext context, VmFault faults, VmSpace space) {
        super(context, faults, space);
        memory = context.engine().memory();
    }

    /** What the last load, compare-and-swap or exchange found, zero-extended. */
    public long value() {
        return value;
    }

    /** How many bytes the last {@link #copyinString} found, without the zero. */
    public int length() {
        return length;
    }

    /** A page-sized kernel buffer of this LWP, for calls that move data through the kernel. */
    public byte[] scratch() {
        if (scratch == null) {
            scratch = new byte[PagePool.PAGE_SIZE];
        }
        return scratch;
    }

    /**
     * Loads a byte, unsigned; {@link #value} has it.
     *
     * @return 0 or EFAULT
     */
    public int load8(long address) {
        long pa = translate(address, Access.READ);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        value = memory.get8(pa);
        return 0;
    }

    /**
     * Loads 16 bits, unsigned, little end first; {@link #value} has them. Need not be aligned.
     *
     * @return 0 or EFAULT
     */
    public int load16(long address) {
        if (crosses(address, 2)) {
            return loadBytes(address, 2);
        }
        long pa = translate(address, Access.READ);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        value = memory.get16(pa);
        return 0;
    }

    /**
     * Loads 32 bits, unsigned, little end first; {@link #value} has them. Need not be aligned.
     *
     * @return 0 or EFAULT
     */
    public int load32(long address) {
        if (crosses(address, 4)) {
            return loadBytes(address, 4);
        }
        long pa = translate(address, Access.READ);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        value = memory.get32(pa) & 0xffff_ffffL;
        return 0;
    }

    /**
     * Loads 64 bits, little end first; {@link #value} has them. Need not be aligned.
     *
     * @return 0 or EFAULT
     */
    public int load64(long address) {
        if (crosses(address, 8)) {
            return loadBytes(address, 8);
        }
        long pa = translate(address, Access.READ);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        value = memory.get64(pa);
        return 0;
    }

    /**
     * Stores the low byte.
     *
     * @return 0 or EFAULT
     */
    public int store8(long address, int next) {
        long pa = translate(address, Access.WRITE);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        memory.put8(pa, next);
        return 0;
    }

    /**
     * Stores the low 16 bits, little end first. Need not be aligned.
     *
     * @return 0 or EFAULT; bytes on a page before the bad one may have been stored
     */
    public int store16(long address, int next) {
        if (crosses(address, 2)) {
            return storeBytes(address, next, 2);
        }
        long pa = translate(address, Access.WRITE);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        memory.put16(pa, next);
        return 0;
    }

    /**
     * Stores 32 bits, little end first. Need not be aligned.
     *
     * @return 0 or EFAULT; bytes on a page before the bad one may have been stored
     */
    public int store32(long address, int next) {
        if (crosses(address, 4)) {
            return storeBytes(address, next, 4);
        }
        long pa = translate(address, Access.WRITE);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        memory.put32(pa, next);
        return 0;
    }

    /**
     * Stores 64 bits, little end first. Need not be aligned.
     *
     * @return 0 or EFAULT; bytes on a page before the bad one may have been stored
     */
    public int store64(long address, long next) {
        if (crosses(address, 8)) {
            return storeBytes(address, next, 8);
        }
        long pa = translate(address, Access.WRITE);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        memory.put64(pa, next);
        return 0;
    }

    /** Stores {@code next} if the word equals {@code expected}; {@link #value()} is what was there before. */
    public int cas32(long address, int expected, int next) {
        long pa = translateAtomic(address, 4);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        value = memory.get32(pa) & 0xffff_ffffL;
        memory.cas32(pa, expected, next);
        return 0;
    }

    /** Stores {@code next} if the word equals {@code expected}; {@link #value()} is what was there before. */
    public int cas64(long address, long expected, long next) {
        long pa = translateAtomic(address, 8);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        value = memory.get64(pa);
        memory.cas64(pa, expected, next);
        return 0;
    }

    /** Stores a word; {@link #value()} is what was there before. */
    public int swap32(long address, int next) {
        long pa = translateAtomic(address, 4);
        if (pa < 0) {
            return Errno.EFAULT;
        }
        value = memory.get32(pa) & 0xffff_ffffL;
        memory.put32(pa, next);
        return 0;
    }

    /** Checks that code at an address may be executed, as an instruction fetch would. */
    public int fetch(long address) {
        return translate(address, Access.EXEC) < 0 ? Errno.EFAULT : 0;
    }

    private static boolean crosses(long address, int bytes) {
        return (address & PagePool.PAGE_MASK) > PagePool.PAGE_SIZE - bytes;
    }

    private int loadBytes(long address, int bytes) {
        long word = 0;
        for (int i = 0; i < bytes; i++) {
            if (load8(address + i) != 0) {
                return Errno.EFAULT;
            }
            word |= value << 8 * i;
        }
        value = word;
        return 0;
    }

    private int storeBytes(long address, long next, int bytes) {
        // Both pages first, so that a fault on the second one leaves the first one as it was.
        if (translate(address, Access.WRITE) < 0 || translate(address + bytes - 1, Access.WRITE) < 0) {
            return Errno.EFAULT;
        }
        for (int i = 0; i < bytes; i++) {
            if (store8(address + i, (int) (next >>> 8 * i)) != 0) {
                return Errno.EFAULT;
            }
        }
        return 0;
    }

    private long translateAtomic(long address, int bytes) {
        if (crosses(address, bytes)) {
            return misaligned(address);
        }
        return translate(address, Access.WRITE);
    }

    /** Copies from user memory; after EFAULT an unknown part was copied. */
    public int copyin(long address, byte[] to, int offset, int bytes) {
        int done = 0;
        while (done < bytes) {
            long from = address + done;
            int part = partOfPage(from, bytes - done);
            long pa = translate(from, Access.READ);
            if (pa < 0) {
                return Errno.EFAULT;
            }
            memory.read(pa, to, offset + done, part);
            done += part;
        }
        return 0;
    }

    /** Copies to user memory; after EFAULT an unknown part was copied. */
    public int copyout(byte[] from, int offset, int bytes, long address) {
        int done = 0;
        while (done < bytes) {
            long to = address + done;
            int part = partOfPage(to, bytes - done);
            long pa = translate(to, Access.WRITE);
            if (pa < 0) {
                return Errno.EFAULT;
            }
            memory.write(pa, from, offset + done, part);
            done += part;
        }
        return 0;
    }

    private static int partOfPage(long address, int bytes) {
        return Math.min(bytes, PagePool.PAGE_SIZE - (int) (address & PagePool.PAGE_MASK));
    }

    /**
     * Copies a zero-terminated string without its zero; {@link #length()} is its size.
     *
     * @return ENAMETOOLONG when there is no zero within {@code to.length} bytes
     */
    public int copyinString(long address, byte[] to) {
        length = 0;
        while (length < to.length) {
            int part = partOfPage(address + length, to.length - length);
            long pa = translate(address + length, Access.READ);
            if (pa < 0) {
                return Errno.EFAULT;
            }
            for (int i = 0; i < part; i++) {
                byte next = (byte) memory.get8(pa + i);
                if (next == 0) {
                    return 0;
                }
                to[length++] = next;
            }
        }
        return Errno.ENAMETOOLONG;
    }
}
