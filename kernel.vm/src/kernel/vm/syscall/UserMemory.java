// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.syscall;

import kernel.vm.map.VmSpace;
import kernel.vm.object.VmContext;
import org.osgi.annotation.versioning.ProviderType;

/**
 * User memory as one LWP sees it: every access goes through the TLB and the page tables of its CPU.
 *
 * <p>Each LWP has one. Called on that LWP with its address space active; no spin mutex and no map or object lock
 * may be held, because an access may fault and a fault may block. Every method returns 0 or {@code Errno.EFAULT};
 * after EFAULT the {@code fault...} methods say which signal user mode would get. Reads leave their value in
 * {@link #value()}. Nothing here charges for the access itself: user code does, before it calls.
 */
@ProviderType
public final class UserMemory {
    /** Memory of an LWP of {@code space}. */
    public UserMemory(VmContext context, VmSpace space) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Follows the process into another space (exec). */
    public void space(VmSpace next) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** What the last load, compare-and-swap or exchange found, zero-extended. */
    public long value() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** How many bytes the last {@link #copyinString} found, without the zero. */
    public int length() {
        throw new UnsupportedOperationException("not written yet");
    }

    public int load8(long address) {
        throw new UnsupportedOperationException("not written yet");
    }

    public int load16(long address) {
        throw new UnsupportedOperationException("not written yet");
    }

    public int load32(long address) {
        throw new UnsupportedOperationException("not written yet");
    }

    public int load64(long address) {
        throw new UnsupportedOperationException("not written yet");
    }

    public int store8(long address, int value) {
        throw new UnsupportedOperationException("not written yet");
    }

    public int store16(long address, int value) {
        throw new UnsupportedOperationException("not written yet");
    }

    public int store32(long address, int value) {
        throw new UnsupportedOperationException("not written yet");
    }

    public int store64(long address, long value) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Stores {@code next} if the word equals {@code expected}; {@link #value()} is what was there before. */
    public int cas32(long address, int expected, int next) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Stores {@code next} if the word equals {@code expected}; {@link #value()} is what was there before. */
    public int cas64(long address, long expected, long next) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Stores a word; {@link #value()} is what was there before. */
    public int swap32(long address, int next) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Checks that code at an address may be executed, as an instruction fetch would. */
    public int fetch(long address) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Copies from user memory; after EFAULT an unknown part was copied. */
    public int copyin(long address, byte[] to, int offset, int length) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Copies to user memory; after EFAULT an unknown part was copied. */
    public int copyout(byte[] from, int offset, int length, long address) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Copies a zero-terminated string without its zero; {@link #length()} is its size.
     *
     * @return ENAMETOOLONG when there is no zero within {@code to.length} bytes
     */
    public int copyinString(long address, byte[] to) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The signal that user mode gets for the last failed access: SIGSEGV 11, SIGBUS 10, or SIGKILL 9. */
    public int faultSignal() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The {@code si_code} for it. */
    public int faultCode() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The address of the last failed access. */
    public long faultAddress() {
        throw new UnsupportedOperationException("not written yet");
    }
}
