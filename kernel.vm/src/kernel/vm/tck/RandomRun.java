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

/** One random run. */
final class RandomRun {
    private static final int STEPS = 800;
    private static final int SPACES = 3;
    private static final int PAGES = 6;
    private static final long PAGE = 0x1000;

    private final PmapRig rig;
    private final Random random;
    private final Invariants invariants;
    private final long[] addresses;
    private final VmPage[] pages = new VmPage[PAGES];
    private final Pmap[] spaces = new Pmap[SPACES];
    private final PmapModel[] models = new PmapModel[SPACES];
    private final boolean[] written = new boolean[PAGES];

    RandomRun(PmapRig rig, long seed) {
        this.rig = rig;
        random = new Random(seed);
        invariants = new Invariants(rig);
        long top = rig.machine().maxUserAddress() - PAGE;
        addresses = new long[] {0x10_0000, 0x10_1000, 0x10_2000, 0x30_0000, 0x4000_0000, top - PAGE, top};
        for (int i = 0; i < PAGES; i++) {
            pages[i] = rig.page();
        }
        for (int i = 0; i < SPACES; i++) {
            spaces[i] = rig.create();
            models[i] = new PmapModel(rig);
        }
    }

    void run() {
        for (int step = 0; step < STEPS; step++) {
            int operation = random.nextInt(16);
            try {
                perform(operation);
                check();
            } catch (AssertionError broken) {
                String where = "step " + step + ", operation " + operation + ": ";
                throw new AssertionError(where + broken.getMessage(), broken);
            }
        }
    }

    private void perform(int operation) {
        int space = random.nextInt(SPACES);
        long va = addresses[random.nextInt(addresses.length)];
        int page = random.nextInt(PAGES);
        switch (operation) {
            case 0, 1, 2 -> enter(space, va, page);
            case 3, 4, 5, 6 -> access(random.nextInt(rig.cpus()), va);
            case 7 -> remove(space, va);
            case 8 -> protect(space, va);
            case 9 -> wire(space, va);
            case 10 -> rig.load(random.nextInt(4) == 0 ? null : spaces[space], random.nextInt(rig.cpus()));
            case 11 -> pageOperation(page);
            case 12 -> quick(space, va, page);
            case 13 -> copy(space);
            case 14 -> clear(page);
            default -> recreate(space);
        }
    }

    private void enter(int space, long va, int page) {
        int prot = random.nextInt(8);
        int access = prot == 0 ? 0 : pick(prot);
        boolean wired = prot == 0 || random.nextInt(5) == 0;
        rig.enter(spaces[space], va, pages[page], prot, access | (wired ? Pmap.WIRED : 0));
        models[space].enter(va, pages[page], prot, wired);
        if (access == WRITE) {
            written[page] = true;
        }
    }

    /** One of the rights, or none. */
    private int pick(int prot) {
        int access = 1 << random.nextInt(3);
        return (prot & access) != 0 ? access : 0;
    }

    private void access(int cpu, long va) {
        int space = spaceOn(cpu);
        if (space < 0) {
            return;
        }
        int kind = 1 << random.nextInt(3);
        long pa = rig.access(cpu, va + 8, kind);
        models[space].checkAccess(va, kind, pa == Mmu.FAULT ? -1 : pa - 8);
        if (pa != Mmu.FAULT && kind == WRITE) {
            written[indexOf(models[space].page(va))] = true;
        }
    }

    private int spaceOn(int cpu) {
        for (int i = 0; i < SPACES; i++) {
            if (rig.loaded(cpu) == spaces[i]) {
                return i;
            }
        }
        return -1;
    }

    private int indexOf(VmPage page) {
        for (int i = 0; i < PAGES; i++) {
            if (pages[i] == page) {
                return i;
            }
        }
        throw new AssertionError("an access reaches a page that was entered");
    }

    private void remove(int space, long va) {
        long end = random.nextBoolean() ? va + PAGE : va + 0x20_0000;
        spaces[space].remove(va, end);
        models[space].remove(va, end);
    }

    private void protect(int space, long va) {
        int prot = random.nextInt(8);
        long end = random.nextBoolean() ? va + PAGE : va + 0x20_0000;
        spaces[space].protect(va, end, prot);
        models[space].protect(va, end, prot);
    }

    private void wire(int space, long va) {
        boolean on = random.nextBoolean();
        spaces[space].changeWiring(va, on);
        models[space].wire(va, on && spaces[space].extract(va) >= 0);
    }

    private void pageOperation(int page) {
        int prot = new int[] {VmProt.NONE, READ, READ | EXEC, READ | WRITE}[random.nextInt(4)];
        rig.module().pageProtect(pages[page], prot);
        for (PmapModel model : models) {
            model.pageProtect(pages[page], prot);
        }
    }

    private void quick(int space, long va, int page) {
        boolean empty = spaces[space].extract(va) < 0;
        spaces[space].enterQuick(va, pages[page], READ | WRITE);
        if (empty && spaces[space].extract(va) >= 0) {
            models[space].enter(va, pages[page], READ, false);
        }
    }

    private void copy(int space) {
        int child = (space + 1) % SPACES;
        spaces[child].remove(0, rig.machine().maxUserAddress());
        models[child].clear();
        spaces[space].copyTo(spaces[child], 0, rig.machine().maxUserAddress());
        models[child].copyFrom(models[space]);
    }

    private void clear(int page) {
        if (random.nextBoolean()) {
            rig.module().tsReferenced(pages[page]);
            return;
        }
        rig.module().clearModify(pages[page]);
        pages[page].dirty(0);
        written[page] = false;
    }

    private void recreate(int space) {
        if (random.nextBoolean()) {
            spaces[space].removePages();
            models[space].removeUnwired();
            return;
        }
        rig.destroy(spaces[space]);
        spaces[space] = rig.create();
        models[space].clear();
    }

    private void check() {
        invariants.check();
        for (int i = 0; i < SPACES; i++) {
            models[i].check(spaces[i]);
        }
        for (int i = 0; i < PAGES; i++) {
            Expect.that(!written[i] || pages[i].dirty() != 0 || rig.module().isModified(pages[i]),
                    "a written page is known to be modified: page " + i);
        }
    }
}
