// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.object;

import java.util.List;
import kernel.sched.quirk.NamedQuirk;

/**
 * Behaviour of the 2006 code that can be switched off piece by piece.
 *
 * <p>The ids are those of the documentation of this layer. Its {@link Kind} says in which profiles a quirk is on.
 */
public enum Quirk implements NamedQuirk {
    /** mmap of nothing succeeds; later EINVAL. */
    EMPTY_MAPPING("Q1", Kind.DECISION, "mmap of length 0 succeeds and maps nothing"),
    /** Unknown bits of prot and flags are ignored; later EINVAL. */
    UNKNOWN_BITS("Q2", Kind.DECISION, "mmap ignores unknown bits of prot and flags"),
    /** The position of an anonymous mapping moves its address and size; later EINVAL unless it is 0. */
    ANONYMOUS_POSITION("Q3", Kind.DECISION,
            "mmap of anonymous memory adds the position's page offset to the address"),
    /** Neither shared nor private means private, both mean shared; later EINVAL. */
    SHARING_UNCHECKED("Q4", Kind.DECISION, "mmap takes both or neither of MAP_SHARED and MAP_PRIVATE"),
    /** What mmap grants is not compared with what the file allows at most; later EACCES. */
    PROTECTION_UNCHECKED("Q5", Kind.DECISION, "mmap grants PROT_EXEC on a file system without execution"),
    /** Any position in a file will do, also a negative one; later EINVAL. */
    POSITION_UNCHECKED("Q6", Kind.DECISION, "mmap takes negative and overflowing file positions"),
    /** No search below the hint; later one from the end of the heap. */
    SEARCH_UPWARDS_ONLY("Q7", Kind.DECISION, "mmap fails if there is no space above the hint"),
    /** A fixed mapping unmaps before its file is looked at; later only when nothing can fail any more. */
    UNMAP_BEFORE_CHECK("Q8", Kind.DECISION,
            "mmap with MAP_FIXED unmaps first: others see the hole, and it stays when the call fails"),
    /** A stack goes exactly where the hint says or nowhere; later free space is searched. */
    STACK_NEVER_SEARCHES("Q9", Kind.DECISION, "mmap with MAP_STACK does not search for free space"),
    /** What a stack has not grown into yet is free for others; later a gap entry with a guard keeps it. */
    STACK_RESERVES_NOTHING("Q10", Kind.DECISION, "mmap with MAP_STACK reserves only what is mapped at first"),
    /** A stack region that wraps around corrupts the list of entries; here a diagnosed ENOMEM. */
    STACK_WRAPS("Q11", Kind.DEFECT, "mmap with MAP_STACK does not see that its region wraps"),
    /** Mappings made under MCL_FUTURE are locked without looking at limits, stacks not at all. */
    FUTURE_LOCKING_UNLIMITED("Q12", Kind.DECISION, "mappings locked by MCL_FUTURE obey no limit, stacks are not locked"),
    /** munmap fails for a range with holes; later they are skipped. */
    UNMAP_WITHOUT_HOLES("Q13", Kind.DECISION, "munmap of a range with a hole is EINVAL"),
    /** A length that rounds up to 0 is an empty range; off: EINVAL. */
    HUGE_LENGTH_EMPTY("Q14", Kind.LASTING, "a length in the last page of all numbers is an empty range"),
    /** Calls with an empty range split the entry at their address. */
    EMPTY_RANGE_SPLITS("Q15", Kind.DEFECT, "mprotect, minherit and madvise of nothing split an entry"),
    /** mlock and munlock with an empty range inside an entry leave it in transition; here a diagnosed stop. */
    EMPTY_RANGE_LOCKS("Q16", Kind.DEFECT, "mlock and munlock of nothing leave an entry in transition for ever"),
    /** msync of the highest entry walks on at the lowest one; the endless loop it may give is a diagnosed stop. */
    MSYNC_WRAPS_AT_HEAD("Q17", Kind.DEFECT, "msync of the highest entry walks on at the lowest"),
    /** msync of unmapped memory is EINVAL; later ENOMEM. */
    MSYNC_HOLE_INVALID("Q18", Kind.DECISION, "msync of unmapped memory is EINVAL"),
    /** mincore stores the bytes of skipped entries one place too low. */
    MINCORE_STORES_TOO_LOW("Q19", Kind.DEFECT, "mincore stores bytes of skipped entries one place too low"),
    /** mincore's test for holes looks behind the first entry instead of the current one. */
    MINCORE_TESTS_FIRST_NEIGHBOUR("Q20", Kind.DEFECT, "mincore looks for a hole behind the first entry only"),
    /** A restart of mincore goes on where it was and zeroes what it had stored; off: it begins again. */
    MINCORE_RESTART_FORGETS("Q21", Kind.LASTING, "mincore zeroes earlier results when the map changes meanwhile"),
    /** mincore does not add the offset of the address in its page to the length. */
    MINCORE_DROPS_OFFSET("Q22", Kind.DECISION, "mincore leaves out the last page of an unaligned range"),
    /** mincore does not look behind the first object; off: it looks through the chain. */
    MINCORE_TOP_OBJECT_ONLY("Q23", Kind.LASTING, "mincore does not see pages of backing objects that are not mapped"),
    /** mincore reports pages that only others use; later only the caller's own mappings count. */
    MINCORE_SEES_OTHERS("Q24", Kind.DECISION, "mincore reports resident file pages that the caller never touched"),
    /** Memory that may not be accessed at all can be locked. */
    LOCKS_INACCESSIBLE("Q25", Kind.DEFECT, "mlock of memory without any access succeeds"),
    /** Wiring an entry that cannot be read takes WRITE from its greatest protection for good. */
    WIRING_STRIPS_WRITE("Q26", Kind.DEFECT, "mlock of unreadable memory forbids writing for ever"),
    /** A locked private mapping that gets write access faults at each write; repaired: mprotect copies its pages. */
    LOCKED_COPY_UNWRITABLE("Q27", Kind.DEFECT, "mprotect of a locked private mapping grants writes that then fault"),
    /** mlock counts pages of its range that are locked already once more; off: only the new ones. */
    LOCKED_COUNTS_TWICE("Q28", Kind.LASTING, "mlock counts locked pages twice against RLIMIT_MEMLOCK"),
    /** Only the superuser may lock; later everybody, within limits. */
    LOCKING_PRIVILEGED("Q29", Kind.DECISION, "mlock and munlock need the superuser"),
    /** The inheritance is cut to eight bits; off: other numbers are EINVAL. */
    INHERIT_CUT("Q31", Kind.LASTING, "minherit cuts its argument to 8 bits, so that 256 is INHERIT_SHARE"),
    /** madvise rounds its address down and skips holes; off: EINVAL and ENOMEM, as on Linux. */
    ADVICE_ROUNDS("Q32", Kind.LASTING, "madvise takes unaligned addresses and skips holes"),
    /** Write errors of file pages are lost: the page counts as clean. */
    LOST_WRITE_ERRORS("Q33", Kind.DEFECT, "write errors of mapped files are lost"),
    /** The child of a fork gets the wired mark of shared translations, which its own count does not know. */
    FORK_COPIES_WIRED("Q35", Kind.DEFECT, "fork copies the wired mark of shared translations; the child's count turns negative"),
    /** Unlocking finds pages by their translations, so that those without one stay wired for ever. */
    UNWIRE_BY_TRANSLATION("Q36", Kind.DEFECT, "munlock does not unwire pages whose translation is gone"),
    /** A copy on write into an object that others share leaves their translations of the old page. */
    SHARED_COPY_UNSEEN("Q37", Kind.DEFECT, "sharers of a copy go on seeing the page it was made of"),
    /** mincore counts pages in an int; more than 2^31 of them are a diagnosed EFAULT here. */
    MINCORE_INDEX_OVERFLOWS("Q41", Kind.LASTING, "mincore of more than 8 TiB counts its pages wrong"),
    /** An unaligned address and the length SIZE_MAX are one page; off: EINVAL. */
    HUGE_LENGTH_WRAPS("Q42", Kind.LASTING, "an unaligned address with the length SIZE_MAX means one page"),
    /** mincore with a length that rounds up to 0 stores nothing; off: ENOMEM. */
    MINCORE_HUGE_EMPTY("Q43", Kind.LASTING, "mincore with a length in the last page of all numbers stores nothing"),
    /** A mapping of a device of zeros keeps the position in its entry; later 0. */
    ZERO_DEVICE_POSITION("Q44", Kind.DECISION, "a mapping of /dev/zero keeps the position, though nothing uses it"),
    /** Length 0 at an unaligned address means its page; off: nothing. */
    EMPTY_UNALIGNED("Q46", Kind.LASTING, "length 0 at an unaligned address means the page of the address"),
    /** mlockall that fails leaves MCL_FUTURE set; off: as it was before. */
    FAILED_LOCK_KEEPS_FUTURE("Q47", Kind.LASTING, "mlockall that fails for what is mapped keeps MCL_FUTURE"),
    /** mmap that adds no entry is counted too; later there is no such limit. */
    ENTRY_LIMIT("Q48", Kind.DECISION, "mmap obeys max_proc_mmap, also when it adds no entry"),
    /** A length above half of the numbers is EINVAL; later it just finds no space. */
    NEGATIVE_LENGTH("Q49", Kind.DECISION, "mmap of a negative length is EINVAL, not ENOMEM"),
    /** mlock beyond what the system may wire is EAGAIN; later ENOMEM. */
    LOCK_TRY_AGAIN("Q50", Kind.DECISION, "mlock beyond the system's limit is EAGAIN"),
    /** mlockall looks at its flags before the privilege and at no limit; later the other way round. */
    LOCK_ALL_UNLIMITED("Q51", Kind.DECISION, "mlockall looks at flags before the privilege, and at no limit");

    /** In which profiles a quirk is on. */
    public enum Kind {
        /** Repaired in every profile but the original one. */
        DEFECT,
        /** Decided otherwise in the modern profile only. */
        DECISION,
        /** Later systems still have it, so all profiles do; it can be switched off all the same. */
        LASTING
    }

    private final String id;
    private final Kind kind;
    private final String description;

    Quirk(String id, Kind kind, String description) {
        this.id = id;
        this.kind = kind;
        this.description = description;
    }

    @Override
    public String id() {
        return id;
    }

    /** In which profiles it is on. */
    public Kind kind() {
        return kind;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> variants() {
        return switch (kind) {
            case DEFECT -> List.of("seed");
            case DECISION -> List.of("seed", "fixed");
            case LASTING -> List.of("seed", "fixed", "modern");
        };
    }
}
