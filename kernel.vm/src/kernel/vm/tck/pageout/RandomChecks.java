// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck.pageout;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import kernel.vm.page.VmPage;
import kernel.vm.pageout.PageoutPolicy;

/** Thousands of random steps, with scans, writes and swaps between them. */
final class RandomChecks {
    private static final int STEPS = 2000;
    private static final int STEPS_PER_CHECK = 10;
    private static final int SEEDS = 3;

    private RandomChecks() {}

    static void addTo(List<PageoutCheck> checks) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            long start = seed;
            checks.add(new PageoutCheck(PageoutCheck.Kind.ABUSE, "keeps its books over " + STEPS + " random steps, seed " + seed,
                    instances -> run(instances, new Random(start))));
        }
    }

    private static void run(Supplier<PageoutPolicy> instances, Random random) {
        PolicyRig rig = new PolicyRig(instances);
        List<VmPage> pages = new ArrayList<>(rig.active(20));
        for (int i = 0; i < STEPS; i++) {
            VmPage page = pages.get(random.nextInt(pages.size()));
            step(rig, instances, random, pages, page);
            if (i % STEPS_PER_CHECK == 0) {
                rig.checkBooks();
            }
        }
    }

    private static void step(PolicyRig rig, Supplier<PageoutPolicy> instances, Random random, List<VmPage> pages,
            VmPage page) {
        boolean idle = !page.inTransit() && page.wireCount() == 0;
        switch (random.nextInt(12)) {
            case 0 -> addOne(rig, random, pages);
            case 1 -> rig.pool().activate(page);
            case 2 -> rig.pool().deactivate(page);
            case 3 -> rig.pool().deactivateFirst(page);
            case 4 -> {
                if (idle) {
                    rig.pool().wire(page);
                }
            }
            case 5 -> {
                if (page.wireCount() > 0) {
                    rig.pool().unwire(page);
                }
            }
            case 6 -> {
                if (idle && pages.size() > 10) {
                    rig.pool().free(page);
                    pages.remove(page);
                }
            }
            case 7 -> {
                if (page.pageable()) {
                    page.markDirty();
                }
            }
            case 8 -> rig.hot.add(page);
            case 9 -> rig.hot.remove(page);
            case 10 -> rig.endWrites();
            default -> {
                if (random.nextInt(20) == 0) {
                    rig.swapTo(instances.get());
                } else {
                    rig.scan(random.nextInt(10), random.nextInt(3));
                }
            }
        }
    }

    private static void addOne(PolicyRig rig, Random random, List<VmPage> pages) {
        if (pages.size() < 300) {
            pages.add(random.nextBoolean() ? rig.active() : rig.inactive());
        }
    }
}
