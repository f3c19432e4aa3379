// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import static kernel.vm.pmap.VmProt.EXEC;
import static kernel.vm.pmap.VmProt.READ;
import static kernel.vm.pmap.VmProt.WRITE;

import java.util.Random;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import machine.core.mmu.Mmu;

/** One random run on two spaces that map one block, compared with a model after every step. */
final class SuperpageRun {
    private static final int STEPS = 120;
    private static final long VA = 0x4000_0000L;
    private static final long PAGE = 0x1000;

    private final PmapRig rig;
    private final Random random;
    private final Invariants invariants;
    private final VmPage[] block;
    private final boolean[] written;
    private final Pmap[] spaces = new Pmap[2];
    private final PmapModel[] models = new PmapModel[2];

    SuperpageRun(PmapRig rig, long seed) {
        this.rig = rig;
        random = new Random(seed);
        invariants = new Invariants(rig);
        block = rig.block();
        written = new boolean[block.length];
        for (int i = 0; i < 2; i++) {
            spaces[i] = rig.create();
            models[i] = new PmapModel(rig);
            rig.load(spaces[i], i);
        }
    }

    void run() {
        for (int step = 0; step < STEPS; step++) {
            int operation = random.nextInt(14);
            try {
                perform(operation, random.nextInt(2));
                check();
            } catch (AssertionError broken) {
                throw new AssertionError("step " + step + ", operation " + operation + ": " + broken.getMessage(), broken);
            }
        }
        Expect.that(rig.module().superpageStats().promotions() > 0, "some promotion took place");
        Expect.that(rig.module().superpageStats().demotions() > 0, "some demotion took place");
    }

    private void perform(int operation, int space) {
        int page = random.nextInt(block.length);
        switch (operation) {
            case 0, 1, 2 -> fill(space);
            case 3, 4, 5 -> access(space, page);
            case 6 -> remove(space, page);
            case 7 -> protect(space, page);
            case 8 -> unwire(space, page);
            case 9 -> pageOperation(page);
            case 10 -> copy(space);
            case 11 -> clean(page);
            case 12 -> rig.module().tsReferenced(block[page]);
            default -> repair(space);
        }
    }

    private void fill(int space) {
        int flags = random.nextInt(4) == 0 ? Pmap.WIRED : 0;
        int prot = random.nextInt(4) == 0 ? READ | EXEC : READ | WRITE;
        for (int i = 0; i < block.length; i++) {
            enter(space, i, prot, flags);
        }
    }

    private void enter(int space, int page, int prot, int flags) {
        boolean writes = (prot & WRITE) != 0;
        rig.enter(spaces[space], VA + page * PAGE, block[page], prot, flags | (writes ? WRITE : READ));
        models[space].enter(VA + page * PAGE, block[page], prot, flags != 0);
        written[page] |= writes;
    }

    /** Enters again whatever is missing or was made read-only, as faults would. */
    private void repair(int space) {
        for (int i = 0; i < block.length; i++) {
            if (rig.access(space, VA + i * PAGE, WRITE) == Mmu.FAULT) {
                enter(space, i, READ | WRITE, 0);
            }
            written[i] = true;
        }
    }

    private void access(int space, int page) {
        int kind = 1 << random.nextInt(3);
        long pa = rig.access(space, VA + page * PAGE + 8, kind);
        models[space].checkAccess(VA + page * PAGE, kind, pa == Mmu.FAULT ? -1 : pa - 8);
        written[page] |= pa != Mmu.FAULT && kind == WRITE;
    }

    /** One page, half of the block, or all. */
    private long end(int page) {
        long[] ends = {page + 1, Math.max(page + 1, block.length / 2), block.length};
        return VA + ends[random.nextInt(ends.length)] * PAGE;
    }

    private void remove(int space, int page) {
        int first = random.nextInt(3) == 0 ? 0 : page;
        long end = end(first);
        spaces[space].remove(VA + first * PAGE, end);
        models[space].remove(VA + first * PAGE, end);
    }

    private void protect(int space, int page) {
        int first = random.nextInt(3) == 0 ? 0 : page;
        long end = end(first);
        int prot = random.nextInt(8);
        spaces[space].protect(VA + first * PAGE, end, prot);
        models[space].protect(VA + first * PAGE, end, prot);
    }

    private void unwire(int space, int page) {
        int first = random.nextBoolean() ? 0 : page;
        long end = end(first);
        spaces[space].unwire(VA + first * PAGE, end);
        for (long va = VA + first * PAGE; va < end; va += PAGE) {
            models[space].wire(va, false);
        }
    }

    private void pageOperation(int page) {
        int prot = random.nextBoolean() ? VmProt.NONE : READ;
        rig.module().pageProtect(block[page], prot);
        for (PmapModel model : models) {
            model.pageProtect(block[page], prot);
        }
    }

    private void copy(int space) {
        int child = 1 - space;
        long limit = rig.machine().maxUserAddress();
        spaces[child].remove(0, limit);
        models[child].clear();
        spaces[space].copyTo(spaces[child], 0, limit);
        models[child].copyFrom(models[space]);
    }

    private void clean(int page) {
        rig.module().clearModify(block[page]);
        block[page].dirty(0);
        written[page] = false;
    }

    private void check() {
        invariants.check();
        for (int i = 0; i < 2; i++) {
            models[i].check(spaces[i]);
        }
        for (int i = 0; i < block.length; i++) {
            Expect.that(!written[i] || block[i].dirty() != 0 || rig.module().isModified(block[i]),
                    "a written page is known to be modified: page " + i);
        }
    }
}
