// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.radix;

import kernel.vm.page.MemoryAttribute;
import machine.core.memory.PhysicalMemory;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The descriptor bits of one architecture.
 *
 * <p>Stateless functions on raw descriptors ({@code long}; a 4-byte descriptor is zero-extended). A descriptor of 0
 * is empty. The pmap reads and writes descriptors in simulated memory only; nothing else is known about a mapping.
 *
 * <p>"Writable" means that the mapping may be written once its modified bit is set: a machine that keeps the modified
 * bit in software leaves a writable, clean page read-only for the hardware. A descriptor that is not writable is not
 * modified.
 */
@ConsumerType
public interface EntryFormat {
    /** Flag of {@link #leaf}: the referenced bit is set. */
    int SET_REFERENCED = 1;

    /** Flag of {@link #leaf}: the modified bit is set; only with a writable protection. */
    int SET_MODIFIED = 2;

    /** Flag of {@link #leaf}: the software mark of a wired mapping. */
    int SET_WIRED = 4;

    /** Flag of {@link #leaf}: the software mark of a page that has a mapping list. */
    int SET_MANAGED = 8;

    /** The levels and the descriptor size. */
    RadixGeometry geometry();

    /**
     * How many upper levels of tables, the root included, exist in full as long as their address space does.
     *
     * <p>More than 1 where hardware reads descriptors of the root only when the root is loaded.
     */
    default int fixedLevels() {
        return 1;
    }

    /**
     * Makes a descriptor that points at the next table; all access decisions are left to the leaf.
     *
     * @param level of the table that holds the descriptor
     */
    long table(long tableAddress, int level);

    /** Whether a descriptor found at a level points at a table of the next level. */
    boolean isTable(long entry, int level);

    /** Where a table descriptor points. */
    long tableAddress(long entry);

    /**
     * Makes the descriptor of a 4 KiB user page.
     *
     * @param physicalAddress of the page, aligned
     * @param prot {@link kernel.vm.pmap.VmProt} bits that user mode gets; NONE makes a valid descriptor that refuses
     *     user mode
     * @param flags {@link #SET_REFERENCED}, {@link #SET_MODIFIED}, {@link #SET_WIRED}, {@link #SET_MANAGED}
     */
    long leaf(long physicalAddress, int prot, int flags);

    /** The leaf with another treatment by caches than write-back; the same leaf where the format cannot say. */
    default long withAttribute(long entry, MemoryAttribute attribute) {
        return entry;
    }

    /** Whether a descriptor of the last level maps a page. */
    boolean present(long entry);

    /** The physical address of the page that a leaf maps. */
    long frame(long entry);

    /** What a leaf grants user mode, or grants after a soft fault: {@link kernel.vm.pmap.VmProt} bits. */
    int prot(long entry);

    /** Whether the referenced bit is set. */
    boolean referenced(long entry);

    /** Whether the modified bit is set. */
    boolean modified(long entry);

    /** Whether the mapping is marked as wired. */
    boolean wired(long entry);

    /** Whether leaves have a bit for {@link #SET_MANAGED}; if not, the page is asked. */
    default boolean marksManaged() {
        return true;
    }

    /** Whether the mapped page has a mapping list, as the leaf says; not asked without {@link #marksManaged}. */
    boolean managed(long entry);

    /** The leaf with its referenced bit set or clear. */
    long withReferenced(long entry, boolean on);

    /** The leaf with its modified bit set or clear; the leaf is writable. */
    long withModified(long entry, boolean on);

    /** The leaf with its wired mark set or clear. */
    long withWired(long entry, boolean on);

    /** The leaf without write permission and without modified bit. */
    long readOnly(long entry);

    /** The leaf without permission to execute. */
    long noExecute(long entry);

    /** Whether a TLB may hold a translation made from this leaf. */
    boolean mayBeCached(long entry);

    /** Whether walks set the referenced bit. */
    boolean hardwareReferenced();

    /** Whether walks set the modified bit. */
    boolean hardwareModified();

    /** Whether instructions must be synchronised when a page becomes executable. */
    boolean separateInstructionCache();

    /**
     * Whether a referenced bit must not be cleared while a TLB holds the translation.
     *
     * <p>Where hardware sets it, a translation left in the TLB only delays the next setting.
     */
    boolean invalidateOnClearReference();

    /**
     * Whether a descriptor of the level above the leaves can map all pages of a leaf table at once, as a superpage.
     *
     * <p>If so, {@link #isLarge}, {@link #large}, {@link #small} and {@link #wasPromoted} are implemented. A superpage
     * is handled as the leaf of its first page; only in memory it has its own form.
     */
    default boolean superpages() {
        return false;
    }

    /** Whether a descriptor found at a level maps a superpage. */
    default boolean isLarge(long entry, int level) {
        return false;
    }

    /**
     * Makes the descriptor of a superpage.
     *
     * @param leaf of its first page, whose frame is aligned to the superpage
     * @param promoted whether translations of its base pages may still be cached
     */
    default long large(long leaf, boolean promoted) {
        throw new UnsupportedOperationException("this machine maps no superpages");
    }

    /** The leaf of the first page of a superpage. */
    default long small(long large) {
        throw new UnsupportedOperationException("this machine maps no superpages");
    }

    /** Whether translations of the base pages of a superpage may still be cached. */
    default boolean wasPromoted(long large) {
        return false;
    }

    /** The leaf of the page that lies a number of pages behind that of a leaf, with the same bits. */
    default long advance(long leaf, int pages) {
        return leaf + ((long) pages << PhysicalMemory.PAGE_SHIFT);
    }

    /**
     * Whether a valid descriptor must become invalid, and all TLBs forget it, before it maps another frame or size.
     */
    default boolean breakBeforeMake() {
        return false;
    }

    /** Names the bits of a descriptor found at a level, for people; says what stops a walk here. */
    String decode(long entry, int level);
}
