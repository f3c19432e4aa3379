// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck.pageout;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import kernel.vm.page.PageKeeper;
import kernel.vm.page.PageList;
import kernel.vm.page.PageOwner;
import kernel.vm.page.PagePool;
import kernel.vm.page.PageThresholds;
import kernel.vm.page.VmPage;
import kernel.vm.pageout.PageRecord;
import kernel.vm.pageout.PageoutHost;
import kernel.vm.pageout.PageoutPolicy;

/** A memory without machine and disk around one policy: who uses which page, and when writes end, the check decides. */
final class PolicyRig implements PageoutHost, PageKeeper {
    /** Enough for a page in full use to age, as the daemon allows. */
    static final int MAX_SCANS = 80;
    private static final int FRAMES = 1024;
    /** A scan looks at each page a few times; this is more. */
    private static final int LOOKS_PER_PAGE = 40;

    private final PagePool pool = new PagePool((long) FRAMES << PagePool.PAGE_SHIFT);
    private final PageOwner owner = new PageOwner() {
        private final PageList pages = new PageList();

        @Override
        public int id() {
            return 1;
        }

        @Override
        public PageList pages() {
            return pages;
        }
    };
    /** Pages whose mappings are used all the time. */
    final Set<VmPage> hot = new LinkedHashSet<>();
    final List<VmPage> reclaimed = new ArrayList<>();
    final List<VmPage> laundered = new ArrayList<>();
    boolean diskTakesMore = true;
    boolean objectsInUse = true;
    private PageoutPolicy policy;
    private int shortage;
    private int made;
    private long looks;

    PolicyRig(Supplier<PageoutPolicy> instances) {
        policy = instances.get();
        policy.attach(this);
        pool.keeper(this);
    }

    PageoutPolicy policy() {
        return policy;
    }

    /** A page with contents that was just used. */
    VmPage active() {
        VmPage page = pool.allocate(owner, made++);
        page.busy(false);
        page.valid(VmPage.ALL);
        pool.activate(page);
        return page;
    }

    /** A page that is probably not needed soon. */
    VmPage inactive() {
        VmPage page = active();
        pool.deactivate(page);
        return page;
    }

    List<VmPage> active(int count) {
        List<VmPage> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(active());
        }
        return pages;
    }

    List<VmPage> inactive(int count) {
        List<VmPage> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(inactive());
        }
        return pages;
    }

    PagePool pool() {
        return pool;
    }

    /** Scans once for so many pages. */
    void scan(int wanted, int pass) {
        shortage = wanted;
        looks = 0;
        policy.scan(pass);
        checkBooks();
    }

    /** Scans until so many pages were taken back, ending writes between; how many are missing. */
    int scanFor(int wanted) {
        int before = reclaimed.size();
        for (int pass = 0; pass < MAX_SCANS && reclaimed.size() - before < wanted; pass++) {
            scan(wanted - (reclaimed.size() - before), pass);
            endWrites();
        }
        return wanted - (reclaimed.size() - before);
    }

    /** Ends every write: the pages are clean. */
    void endWrites() {
        for (VmPage page : laundered) {
            if (page.writing()) {
                page.writing(false);
            }
        }
    }

    /** The policy has exactly the pages in its custody, each once. */
    void checkBooks() {
        Set<VmPage> seen = new LinkedHashSet<>();
        policy.forEachPage(page -> {
            Expect.that(page.pageable(), page + " is listed and not in custody");
            Expect.that(seen.add(page), page + " is listed twice");
        });
        Expect.equal(pool.pageable(), seen.size(), "pages listed");
        Expect.equal(pool.pageable(), policy.pages(), "pages()");
        int queued = policy.queues().stream().mapToInt(queue -> queue.size()).sum();
        Expect.equal(pool.pageable(), queued, "pages on the queues shown");
    }

    /** Replaces the policy, as a swap does; what the old one says of each page, in its order. */
    List<PageRecord> swapTo(PageoutPolicy next) {
        List<VmPage> pages = new ArrayList<>();
        policy.forEachPage(pages::add);
        next.attach(this);
        List<PageRecord> records = new ArrayList<>();
        for (VmPage page : pages) {
            PageRecord record = new PageRecord();
            record.age = page.actCount();
            record.active = page.actCount() > 0;
            policy.exportPage(page, record);
            policy.removed(page);
            Expect.that(page.queue() == null, page + " was exported and removed, and is still on a queue");
            records.add(record);
        }
        for (int i = 0; i < pages.size(); i++) {
            next.importPage(pages.get(i), records.get(i));
        }
        policy = next;
        checkBooks();
        return records;
    }

    private VmPage mine(VmPage page) {
        Expect.that(page.pageable(), "the policy asks about " + page + ", which is not in its custody");
        Expect.that(++looks <= (long) LOOKS_PER_PAGE * (pool.pageable() + 1) + FRAMES, "a scan comes to no end");
        return page;
    }

    @Override
    public PageThresholds thresholds() {
        return pool.thresholds();
    }

    @Override
    public int shortage() {
        return shortage;
    }

    @Override
    public boolean untouchable(VmPage page) {
        return mine(page).inTransit() || page.holdCount() != 0;
    }

    @Override
    public boolean inUse(VmPage page) {
        mine(page);
        return objectsInUse;
    }

    @Override
    public int takeReferences(VmPage page) {
        return hot.contains(mine(page)) ? 1 : 0;
    }

    @Override
    public boolean modified(VmPage page) {
        return mine(page).dirty() != 0;
    }

    @Override
    public boolean reclaim(VmPage page) {
        if (untouchable(page) || page.dirty() != 0) {
            return false;
        }
        pool.cache(page);
        reclaimed.add(page);
        shortage--;
        return true;
    }

    @Override
    public int launder(VmPage page) {
        if (!diskTakesMore || untouchable(page) || page.dirty() == 0) {
            return 0;
        }
        page.dirty(0);
        page.writing(true);
        laundered.add(page);
        return 1;
    }

    @Override
    public boolean mayLaunder() {
        return diskTakesMore;
    }

    @Override
    public void activated(VmPage page) {
        policy.activated(page);
    }

    @Override
    public void deactivated(VmPage page, boolean first) {
        policy.deactivated(page, first);
    }

    @Override
    public void removed(VmPage page) {
        policy.removed(page);
        Expect.that(page.queue() == null, page + " left the custody and is still on a queue");
    }

    @Override
    public void low() {
        // The check says when to scan.
    }

    @Override
    public void freed() {
        // Nobody waits.
    }
}
