// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import java.util.List;
import java.util.function.Consumer;
import kernel.vm.page.PageQueue;
import kernel.vm.page.VmPage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A page replacement policy: keeps the queues of the pages that programs use, and decides which of them go.
 *
 * <p>Register it as a prototype-scope service with {@code kernel.slot=pageout} and {@code kernel.variant=NAME}; each
 * kernel gets an instance of its own.
 *
 * <p>Rules for every callback:
 * <ul>
 * <li>Only the memory layer calls, on the one host thread of the kernel; no locks of the host are needed. Nothing
 *     interleaves while a callback runs (the page-queue lock of the original), and no simulated lock may be taken.
 * <li>Nothing may block or throw. The memory layer owns the daemon, waits for the disk and for memory.
 * <li>A page is in the policy's custody from {@link #activated}, {@link #deactivated} or {@link #importPage} until
 *     {@link #removed}; it may be linked into {@link PageQueue}s of the policy's own, which are made with it. A page that
 *     leaves is on none of them. Only pages in custody may be passed to the {@link PageoutHost}.
 * <li>Of a page the policy may change {@link VmPage#actCount(int)}, {@link VmPage#secondChance(boolean)} and
 *     {@link VmPage#clearReferenced()}, everything else only through the host.
 * <li>An exception, a lost or duplicated page, or an answer that breaks a rule is a fault: the memory layer takes all
 *     pages back and goes on with the fallback policy.
 * </ul>
 *
 * <p>What is modelled is the decisions of {@code sys/vm/vm_pageout.c} of FreeBSD, early 2006.
 */
@ConsumerType
public interface PageoutPolicy {
    /** First call after creation, before any page is shown; keep the host. */
    void attach(PageoutHost host);

    /** A page was used, or came to be; it is in custody afterwards, and may have been before. */
    void activated(VmPage page);

    /**
     * A page is probably not needed soon; it is in custody afterwards, and may have been before.
     *
     * @param first it should be the next to go
     */
    void deactivated(VmPage page, boolean first);

    /** A page leaves the custody: it is wired, cached or free. May be called by the host during {@link #scan}. */
    void removed(VmPage page);

    /**
     * Looks for pages to take back; called by the daemon, and by who is out of memory and cannot sleep.
     *
     * <p>Stop when {@link PageoutHost#shortage()} is met, or after looking at each page in custody a few times.
     *
     * @param pass 0 for the first scan of a shortage; each further one is more desperate
     */
    void scan(int pass);

    /** Whether a modified page in custody may be written along with a neighbour: it is not in use. */
    boolean idle(VmPage page);

    /** How many pages are in custody. */
    int pages();

    /** Shows every page in custody once, the next to go first, changing nothing. */
    void forEachPage(Consumer<VmPage> visitor);

    /** The queues, for listings. */
    List<PageQueue> queues();

    /**
     * Called once for each page when this policy is replaced, before {@link #removed}.
     *
     * <p>Fill in what the successor should know.
     */
    void exportPage(VmPage page, PageRecord record);

    /** Takes a page into custody when this policy takes over; pages come in the order of {@link #forEachPage}. */
    void importPage(VmPage page, PageRecord record);
}
