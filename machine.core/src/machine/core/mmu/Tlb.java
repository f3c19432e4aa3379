// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import java.util.Arrays;

/**
 * Cached translations of one CPU.
 *
 * <p>Two arrays: 4 KiB entries, set-associative with round-robin replacement, and large pages, fully
 * associative. A hit on a large page leaves a 4 KiB fragment in the first array; an invalidation anywhere
 * in a large page takes all its fragments along, as on hardware that splits large pages internally. In
 * front of both is a small direct-mapped copy of what the current address space used last, which makes
 * the fast path two reads.
 *
 * <p>A word holds the physical address of the page and, in the low bits, what it grants.
 */
final class Tlb {

    /** Beside the {@link Access} bits in a word: a write through the entry need not walk. */
    static final int DIRTY_KNOWN = 8;
    static final long MISS = 0;

    private static final int PAGE_SHIFT = 12;
    private static final long OFFSET_MASK = (1L << PAGE_SHIFT) - 1;
    private static final long NO_PAGE = -1;
    private static final int GLOBAL = -1;
    private static final int RECENT = 64;

    private final int ways;
    private final int setMask;
    private final long[] pages;
    private final int[] asids;
    private final long[] words;
    /** log2 of the size of the page an entry is or is a fragment of. */
    private final byte[] shifts;
    private final byte[] victims;
    /** Pairs of page and word, valid for the current address space only, each also in the arrays above. */
    private final long[] recent = new long[2 * RECENT];
    private final LargePageFilter filter = new LargePageFilter();

    private final long[] largePages;
    private final int[] largeAsids;
    private final long[] largeWords;
    private final byte[] largeShifts;
    private int largeVictim;

    Tlb(TlbGeometry geometry) {
        int entries = geometry.pageEntries();
        ways = geometry.pageWays();
        setMask = entries / ways - 1;
        pages = new long[entries];
        asids = new int[entries];
        words = new long[entries];
        shifts = new byte[entries];
        victims = new byte[setMask + 1];
        largePages = new long[geometry.largeEntries()];
        largeAsids = new int[geometry.largeEntries()];
        largeWords = new long[geometry.largeEntries()];
        largeShifts = new byte[geometry.largeEntries()];
        clear();
    }

    /** The word cached for an address, or {@link #MISS}. */
    long lookup(long va, int asid) {
        long page = va >>> PAGE_SHIFT;
        int at = recentIndex(page);
        return recent[at] == page ? recent[at + 1] : search(va, page, asid);
    }

    private static int recentIndex(long page) {
        return (int) page << 1 & 2 * RECENT - 2;
    }

    private void remember(long page, long word) {
        int at = recentIndex(page);
        recent[at] = page;
        recent[at + 1] = word;
    }

    /** Another address space becomes current. */
    void switched() {
        Arrays.fill(recent, NO_PAGE);
    }

    private long search(long va, long page, int asid) {
        int first = ((int) page & setMask) * ways;
        for (int i = first; i < first + ways; i++) {
            if (pages[i] == page && (asids[i] == asid || asids[i] == GLOBAL)) {
                remember(page, words[i]);
                return words[i];
            }
        }
        return filter.mayHold(va) ? searchLarge(va, asid) : MISS;
    }

    private long searchLarge(long va, int asid) {
        for (int i = 0; i < largePages.length; i++) {
            if (coversLarge(i, va) && (largeAsids[i] == asid || largeAsids[i] == GLOBAL)) {
                return insertPage(va, largeAsids[i], largeWords[i], largeShifts[i]);
            }
        }
        return MISS;
    }

    /** Caches what a walk found; returns the word for the address. */
    long insert(long va, int asid, Translation found) {
        int tag = found.global ? GLOBAL : asid;
        long word = found.frame | found.rights | (found.dirtyKnown ? DIRTY_KNOWN : 0);
        if (found.pageShift > PAGE_SHIFT && largePages.length > 0) {
            insertLarge(va, tag, word, found.pageShift);
        }
        return insertPage(va, tag, word, found.pageShift);
    }

    private long insertPage(long va, int tag, long pageWord, int shift) {
        long page = va >>> PAGE_SHIFT;
        int set = (int) page & setMask;
        int way = freeWay(set);
        if (way < 0) {
            way = victims[set];
            victims[set] = (byte) (way + 1 == ways ? 0 : way + 1);
        }
        int at = set * ways + way;
        drop(at);
        long inside = va & (1L << shift) - 1 & ~OFFSET_MASK;
        pages[at] = page;
        asids[at] = tag;
        words[at] = pageWord + inside;
        shifts[at] = (byte) shift;
        if (shift > PAGE_SHIFT) {
            filter.add(va, shift);
        }
        remember(page, words[at]);
        return words[at];
    }

    private int freeWay(int set) {
        for (int way = 0; way < ways; way++) {
            if (pages[set * ways + way] == NO_PAGE) {
                return way;
            }
        }
        return -1;
    }

    private void insertLarge(long va, int tag, long word, int shift) {
        int at = largeVictim;
        largeVictim = at + 1 == largePages.length ? 0 : at + 1;
        dropLarge(at);
        filter.add(va, shift);
        largePages[at] = va >>> shift;
        largeAsids[at] = tag;
        largeWords[at] = word;
        largeShifts[at] = (byte) shift;
    }

    /** Drops what is cached for an address in one address space, and global entries for it. */
    void dropPage(long va, int asid) {
        long page = va >>> PAGE_SHIFT;
        int first = ((int) page & setMask) * ways;
        for (int i = first; i < first + ways; i++) {
            if (pages[i] == page && (asids[i] == asid || asids[i] == GLOBAL)) {
                drop(i);
            }
        }
        if (filter.mayHold(va)) {
            dropFragments(va, asid);
            dropLarge(va, asid);
        }
    }

    private void dropFragments(long va, int asid) {
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] != NO_PAGE && shifts[i] > PAGE_SHIFT && (asids[i] == asid || asids[i] == GLOBAL)
                    && pages[i] >>> shifts[i] - PAGE_SHIFT == va >>> shifts[i]) {
                drop(i);
            }
        }
    }

    private void dropLarge(long va, int asid) {
        for (int i = 0; i < largePages.length; i++) {
            if (coversLarge(i, va) && (largeAsids[i] == asid || largeAsids[i] == GLOBAL)) {
                dropLarge(i);
            }
        }
    }

    private void dropLarge(int i) {
        if (largePages[i] != NO_PAGE) {
            filter.remove(largePages[i] << largeShifts[i], largeShifts[i]);
            largePages[i] = NO_PAGE;
        }
    }

    private boolean coversLarge(int i, long va) {
        return largePages[i] != NO_PAGE && largePages[i] == va >>> largeShifts[i];
    }

    /** Drops every entry of one address space that is not global. */
    void dropAsid(int asid) {
        for (int i = 0; i < pages.length; i++) {
            if (asids[i] == asid) {
                drop(i);
            }
        }
        for (int i = 0; i < largePages.length; i++) {
            if (largeAsids[i] == asid) {
                dropLarge(i);
            }
        }
    }

    /** Drops every entry that is not global. */
    void dropLocal() {
        for (int i = 0; i < pages.length; i++) {
            if (asids[i] != GLOBAL) {
                drop(i);
            }
        }
        for (int i = 0; i < largePages.length; i++) {
            if (largeAsids[i] != GLOBAL) {
                dropLarge(i);
            }
        }
    }

    /** Drops everything. */
    void clear() {
        Arrays.fill(pages, NO_PAGE);
        Arrays.fill(largePages, NO_PAGE);
        Arrays.fill(recent, NO_PAGE);
        filter.clear();
    }

    private void drop(int i) {
        if (pages[i] != NO_PAGE) {
            int at = recentIndex(pages[i]);
            if (recent[at] == pages[i]) {
                recent[at] = NO_PAGE;
            }
            if (shifts[i] > PAGE_SHIFT) {
                filter.remove(pages[i] << PAGE_SHIFT, shifts[i]);
            }
            pages[i] = NO_PAGE;
        }
    }

    /** Entries that are valid now, fragments included. */
    int valid() {
        return count(pages) + count(largePages);
    }

    private static int count(long[] entries) {
        int valid = 0;
        for (long page : entries) {
            valid += page == NO_PAGE ? 0 : 1;
        }
        return valid;
    }

    void forEach(TlbVisitor visitor) {
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] != NO_PAGE) {
                show(visitor, pages[i], PAGE_SHIFT, asids[i], words[i]);
            }
        }
        for (int i = 0; i < largePages.length; i++) {
            if (largePages[i] != NO_PAGE) {
                show(visitor, largePages[i], largeShifts[i], largeAsids[i], largeWords[i]);
            }
        }
    }

    private static void show(TlbVisitor visitor, long page, int shift, int asid, long word) {
        int rights = (int) word & (Access.READ | Access.WRITE | Access.EXEC);
        visitor.entry(page << shift, asid, word & ~OFFSET_MASK, shift, rights, (word & DIRTY_KNOWN) != 0);
    }
}
