// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import kernel.vm.page.PagePool;
import kernel.vm.page.PageQueue;
import kernel.vm.page.VmPage;
import machine.core.slot.SlotGuard;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.Guard;
import machine.core.watchdog.Overdue;

/**
 * The only way from the memory layer to the active pageout policy.
 *
 * <p>Every call is guarded, and what it answers is checked; a failure evicts the policy. Without a policy pages are in
 * nobody's custody but marked, so that the next one finds them.
 */
@Guard
final class PageoutPort {
    private final PagePool pool;
    private final SlotGuard guard;
    private PageoutPolicy active;
    private PolicyHost host;

    PageoutPort(PagePool pool, SlotGuard guard) {
        this.pool = pool;
        this.guard = guard;
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
        if (host != null) {
            host.retire();
        }
        for (int frame = 0; frame < pool.frames(); frame++) {
            VmPage page = pool.page(frame);
            if (page.pageable() && page.queue() != null) {
                page.queue().remove(page);
            }
        }
    }

    /** Gives all pages to a successor, in order of their frames; one that fails is evicted in its turn. */
    void takeOver(PageoutPolicy successor, PolicyHost hostOfSuccessor) {
        install(successor, hostOfSuccessor);
        PageRecord record = new PageRecord();
        int outer = guard.enter();
        try {
            successor.attach(hostOfSuccessor);
            for (int frame = 0; frame < pool.frames(); frame++) {
                VmPage page = pool.page(frame);
                if (page.pageable()) {
                    record.active = page.actCount() > 0;
                    record.age = page.actCount();
                    successor.importPage(page, record);
                }
            }
            guard.exit(outer);
        } catch (Throwable e) {
            guard.threw("importPage", outer, e, active == successor);
        }
    }

    void activated(VmPage page) {
        PageoutPolicy policy = active;
        if (policy != null) {
            int outer = guard.enter();
            try {
                policy.activated(page);
                guard.exit(outer);
            } catch (Throwable e) {
                guard.threw("activated", outer, e, active == policy);
            }
        }
    }

    void deactivated(VmPage page, boolean first) {
        PageoutPolicy policy = active;
        if (policy != null) {
            int outer = guard.enter();
            try {
                policy.deactivated(page, first);
                guard.exit(outer);
            } catch (Throwable e) {
                guard.threw("deactivated", outer, e, active == policy);
            }
        }
    }

    void removed(VmPage page) {
        PageoutPolicy policy = active;
        if (policy != null) {
            int outer = guard.enter();
            try {
                policy.removed(page);
                guard.exit(outer);
                if (page.queue() != null && active == policy) {
                    guard.evict(EvictionReport.Kind.DUPLICATE, "removed",
                            "it kept " + page + ", which left its custody, on a queue");
                }
            } catch (Throwable e) {
                guard.threw("removed", outer, e, active == policy);
            }
        }
        if (page.queue() != null) {
            page.queue().remove(page);
        }
    }

    void scan(int pass) {
        PageoutPolicy policy = active;
        if (policy == null) {
            return;
        }
        int outer = guard.enter();
        try {
            policy.scan(pass);
            int pages = policy.pages();
            guard.exit(outer);
            if (active == policy && pages != pool.pageable()) {
                guard.evict(pages < pool.pageable() ? EvictionReport.Kind.LOST : EvictionReport.Kind.DUPLICATE, "scan",
                        "it has " + pages + " pages where " + pool.pageable() + " are in its custody");
            }
        } catch (Throwable e) {
            guard.threw("scan", outer, e, active == policy);
        }
    }

    boolean idle(VmPage page) {
        PageoutPolicy policy = active;
        if (policy == null) {
            return false;
        }
        int outer = guard.enter();
        try {
            boolean idle = policy.idle(page);
            guard.exit(outer);
            return idle;
        } catch (Throwable e) {
            guard.threw("idle", outer, e, active == policy);
            return false;
        }
    }

    List<PageQueue> queues() {
        while (active != null) {
            PageoutPolicy policy = active;
            int outer = guard.enter();
            try {
                List<PageQueue> queues = List.copyOf(policy.queues());
                guard.exit(outer);
                return queues;
            } catch (Throwable e) {
                guard.threw("queues", outer, e, active == policy);
            }
        }
        return List.of();
    }

    /** What the active policy has, the next to go first; null with the reason in {@code problem} if that is not right. */
    List<VmPage> listed(StringBuilder problem) {
        List<VmPage> pages = new ArrayList<>();
        BitSet seen = new BitSet();
        int outer = guard.enter();
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
            guard.exit(outer);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError | Overdue e) {
            guard.leave(outer);
            problem.append("forEachPage threw ").append(e);
        }
        if (problem.isEmpty() && pages.size() != pool.pageable()) {
            problem.append(pages.size()).append(" pages where ").append(pool.pageable()).append(" are in its custody");
        }
        return pages;
    }
}
