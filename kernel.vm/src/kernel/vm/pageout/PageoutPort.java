// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import kernel.vm.page.PagePool;
import kernel.vm.page.PageQueue;
import kernel.vm.page.VmPage;

/**
 * The only way from the memory layer to the active pageout policy.
 *
 * <p>Catches what a policy throws and checks what it answers; a failure evicts it. Without a policy pages are in
 * nobody's custody but marked, so that the next one finds them.
 */
final class PageoutPort {
    private final PagePool pool;
    private final Consumer<String> evict;
    private PageoutPolicy active;
    private PolicyHost host;

    PageoutPort(PagePool pool, Consumer<String> evict) {
        this.pool = pool;
        this.evict = evict;
    }

    PageoutPolicy active() {
        return active;
    }

    /** Makes a policy the active one; it was attached to the host. */
    void install(PageoutPolicy policy, PolicyHost hostOfPolicy) {
        active = policy;
        host = hostOfPolicy;
    }

    PolicyHost host() {
        return host;
    }

    /** Takes the policy out without asking it: its pages stay marked and are on no queue. */
    void expel() {
        active = null;
        host.retire();
        for (int frame = 0; frame < pool.frames(); frame++) {
            VmPage page = pool.page(frame);
            if (page.pageable() && page.queue() != null) {
                page.queue().remove(page);
            }
        }
    }

    void activated(VmPage page) {
        if (active != null) {
            try {
                active.activated(page);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                evict.accept("activated threw " + e);
            }
        }
    }

    void deactivated(VmPage page, boolean first) {
        if (active != null) {
            try {
                active.deactivated(page, first);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                evict.accept("deactivated threw " + e);
            }
        }
    }

    void removed(VmPage page) {
        if (active != null) {
            try {
                active.removed(page);
                if (page.queue() != null) {
                    evict.accept("it kept " + page + ", which left its custody, on a queue");
                }
            } catch (RuntimeException | LinkageError | AssertionError e) {
                evict.accept("removed threw " + e);
            }
        }
        if (page.queue() != null) {
            page.queue().remove(page);
        }
    }

    void scan(int pass) {
        PageoutPolicy scanning = active;
        if (scanning == null) {
            return;
        }
        try {
            scanning.scan(pass);
            if (active == scanning && scanning.pages() != pool.pageable()) {
                evict.accept("it has " + scanning.pages() + " pages where " + pool.pageable() + " are in its custody");
            }
        } catch (RuntimeException | LinkageError | AssertionError e) {
            if (active == scanning) {
                evict.accept("scan threw " + e);
            }
        }
    }

    boolean idle(VmPage page) {
        try {
            return active != null && active.idle(page);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            evict.accept("idle threw " + e);
            return false;
        }
    }

    List<PageQueue> queues() {
        try {
            return active == null ? List.of() : List.copyOf(active.queues());
        } catch (RuntimeException | LinkageError | AssertionError e) {
            evict.accept("queues threw " + e);
            return queues();
        }
    }

    /** What the active policy has, the next to go first; null with the reason in {@code problem} if that is not right. */
    List<VmPage> listed(StringBuilder problem) {
        List<VmPage> pages = new ArrayList<>();
        BitSet seen = new BitSet();
        try {
            active.forEachPage(page -> {
                if (!page.pageable()) {
                    problem.append(page).append(", which is not in its custody; ");
                } else if (seen.get(page.frame())) {
                    problem.append(page).append(" twice; ");
                }
                seen.set(page.frame());
                pages.add(page);
            });
        } catch (RuntimeException | LinkageError | AssertionError e) {
            problem.append("forEachPage threw ").append(e);
        }
        if (problem.isEmpty() && pages.size() != pool.pageable()) {
            problem.append(pages.size()).append(" pages where ").append(pool.pageable()).append(" are in its custody");
        }
        return pages;
    }
}
