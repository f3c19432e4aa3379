// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

/**
 * Behaviour of the 2006 code that later systems changed, and that can be switched off piece by piece.
 *
 * <p>The ids are those of the documentation of this layer. A <em>defect</em> is repaired in every profile but the
 * original one; the rest are decisions that only the modern profile takes otherwise.
 */
public enum Quirk {
    /** mmap of nothing succeeds; later EINVAL. */
    EMPTY_MAPPING("Q1", false, "mmap of length 0 succeeds and maps nothing"),
    /** Unknown bits of prot and flags are ignored; later EINVAL. */
    UNKNOWN_BITS("Q2", false, "mmap ignores unknown bits of prot and flags"),
    /** The position of an anonymous mapping moves its address and size; later EINVAL unless it is 0. */
    ANONYMOUS_POSITION("Q3", false, "mmap of anonymous memory adds the position's page offset to the address"),
    /** Neither shared nor private means private, both mean shared; later EINVAL. */
    SHARING_UNCHECKED("Q4", false, "mmap takes both or neither of MAP_SHARED and MAP_PRIVATE"),
    /** What mmap grants is not compared with what the file allows at most; later EACCES. */
    PROTECTION_UNCHECKED("Q5", false, "mmap grants PROT_EXEC on a file system without execution"),
    /** Any position in a file will do, also a negative one; later EINVAL. */
    POSITION_UNCHECKED("Q6", false, "mmap takes negative and overflowing file positions"),
    /** No search below the hint; later one from the lowest address. */
    SEARCH_UPWARDS_ONLY("Q7", false, "mmap fails if there is no space above the hint"),
    /** A fixed mapping unmaps before its file is looked at; later only when nothing can fail any more. */
    UNMAP_BEFORE_CHECK("Q8", false, "mmap with MAP_FIXED leaves a hole when it fails"),
    /** munmap fails for a range with holes; later they are skipped. */
    UNMAP_WITHOUT_HOLES("Q13", false, "munmap of a range with a hole is EINVAL"),
    /** Calls with an empty range split the entry at their address. */
    EMPTY_RANGE_SPLITS("Q15", true, "mprotect, minherit and madvise of nothing split an entry"),
    /** mlock and munlock with an empty range inside an entry leave it in transition; here a diagnosed stop. */
    EMPTY_RANGE_LOCKS("Q16", true, "mlock and munlock of nothing leave an entry in transition for ever"),
    /** msync of the highest entry walks on at the lowest one; the endless loop it may give is a diagnosed stop. */
    MSYNC_WRAPS_AT_HEAD("Q17", true, "msync of the highest entry walks on at the lowest"),
    /** msync of unmapped memory is EINVAL; later ENOMEM. */
    MSYNC_HOLE_INVALID("Q18", false, "msync of unmapped memory is EINVAL"),
    /** mincore stores the bytes of skipped entries one place too low. */
    MINCORE_STORES_TOO_LOW("Q19", true, "mincore stores bytes of skipped entries one place too low"),
    /** mincore's test for holes looks behind the first entry instead of the current one. */
    MINCORE_TESTS_FIRST_NEIGHBOUR("Q20", true, "mincore looks for a hole behind the first entry only"),
    /** mincore does not add the offset of the address in its page to the length. */
    MINCORE_DROPS_OFFSET("Q22", false, "mincore leaves out the last page of an unaligned range"),
    /** Memory that may not be accessed at all can be locked. */
    LOCKS_INACCESSIBLE("Q25", true, "mlock of memory without any access succeeds"),
    /** Wiring an entry that cannot be read takes WRITE from its greatest protection for good. */
    WIRING_STRIPS_WRITE("Q26", true, "mlock of unreadable memory forbids writing for ever"),
    /** Only the superuser may lock; later everybody, within limits. */
    LOCKING_PRIVILEGED("Q29", false, "mlock and munlock need the superuser"),
    /** Write errors of file pages are lost: the page counts as clean. */
    LOST_WRITE_ERRORS("Q33", true, "write errors of mapped files are lost");

    private final String id;
    private final boolean defect;
    private final String description;

    Quirk(String id, boolean defect, String description) {
        this.id = id;
        this.defect = defect;
        this.description = description;
    }

    /** Its number in the register, such as {@code Q17}. */
    public String id() {
        return id;
    }

    /** Whether the profile that only repairs defects switches it off. */
    public boolean defect() {
        return defect;
    }

    /** What the 2006 code does, in one line. */
    public String description() {
        return description;
    }
}
