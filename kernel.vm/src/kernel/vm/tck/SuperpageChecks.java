// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import static kernel.vm.pmap.VmProt.EXEC;
import static kernel.vm.pmap.VmProt.READ;
import static kernel.vm.pmap.VmProt.WRITE;

import java.util.List;
import java.util.function.Consumer;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.SuperpageStats;
import machine.core.mmu.Mmu;

/** Superpages come and go without anybody but the TLB noticing. Nothing is checked where a machine makes none. */
final class SuperpageChecks {
    private static final long VA = 0x4000_0000L;
    private static final long PAGE = 0x1000;
    private static final int SEEDS = 2;

    private SuperpageChecks() {}

    static void addTo(List<PmapCheck> checks) {
        add(checks, "a full table of equal pages in a block becomes a superpage", SuperpageChecks::promotion);
        add(checks, "a superpage needs one walk", SuperpageChecks::oneWalk);
        add(checks, "frames that do not lie in a row stay base pages", SuperpageChecks::scattered);
        add(checks, "pages that differ stay base pages", SuperpageChecks::mixed);
        add(checks, "a part of a superpage is protected", SuperpageChecks::partProtected);
        add(checks, "a superpage is protected as a whole", SuperpageChecks::wholeProtected);
        add(checks, "a page is unmapped from a superpage", SuperpageChecks::hole);
        add(checks, "half of a wired superpage is unwired", SuperpageChecks::halfUnwired);
        add(checks, "a superpage is copied by a fork and written by the child", SuperpageChecks::fork);
        add(checks, "a copied superpage goes when there is no table to break it up", SuperpageChecks::noTable);
        add(checks, "one page of a superpage loses its mappings", SuperpageChecks::pageRemoved);
        add(checks, "one page of a superpage is cleaned and written again", SuperpageChecks::cleaned);
        add(checks, "a referenced superpage stays known as referenced", SuperpageChecks::referenced);
        add(checks, "another page replaces one of a superpage", SuperpageChecks::replaced);
        for (int seed = 1; seed <= SEEDS; seed++) {
            long chosen = seed;
            add(checks, "random operations on superpages, seed " + seed, rig -> new SuperpageRun(rig, chosen).run());
        }
    }

    private static void add(List<PmapCheck> checks, String name, Consumer<PmapRig> body) {
        checks.add(new PmapCheck(name, 2, rig -> {
            if (rig.module().superpageOrder() > 0) {
                body.accept(rig);
                new Invariants(rig).check();
            }
        }));
    }

    /** A pmap on both CPUs with a block of pages mapped and written. */
    private static Pmap filled(PmapRig rig, VmPage[] block) {
        Pmap pmap = rig.create();
        rig.load(pmap, 0);
        rig.load(pmap, 1);
        fill(rig, pmap, block, READ | WRITE, WRITE);
        Expect.equal(1, rig.module().superpageStats().mapped(), "superpages");
        return pmap;
    }

    private static void fill(PmapRig rig, Pmap pmap, VmPage[] block, int prot, int flags) {
        for (int i = 0; i < block.length; i++) {
            rig.enter(pmap, VA + i * PAGE, block[i], prot, flags);
        }
    }

    private static void expectStats(PmapRig rig, long mapped, long promotions, long demotions) {
        SuperpageStats stats = rig.module().superpageStats();
        Expect.equal(mapped, stats.mapped(), "superpages");
        Expect.equal(promotions, stats.promotions(), "promotions");
        Expect.equal(demotions, stats.demotions(), "demotions");
    }

    /** Every page but one can be written, and reaches its frame. */
    private static void expectWritable(PmapRig rig, VmPage[] block, int except) {
        for (int i = 0; i < block.length; i++) {
            if (i != except) {
                Expect.equal(block[i].physicalAddress(), rig.access(i & 1, VA + i * PAGE, WRITE), "write to page " + i);
            }
        }
    }

    private static void promotion(PmapRig rig) {
        VmPage[] block = rig.block();
        Pmap pmap = filled(rig, block);
        expectStats(rig, 1, 1, 0);
        Expect.equal(block.length, pmap.residentCount(), "resident pages");
        expectWritable(rig, block, -1);
        Expect.equal(7, pmap.mincore(VA + 5 * PAGE) & 7, "mincore");
        pmap.remove(VA, VA + block.length * PAGE);
        Expect.equal(Mmu.FAULT, rig.access(1, VA, READ), "read after removal");
        expectStats(rig, 0, 1, 0);
        Expect.equal(0, rig.module().superpageStats().spareTables(), "spare tables");
        Expect.that(block[3].dirty() != 0, "a removed page that was written is dirty");
    }

    private static void oneWalk(PmapRig rig) {
        VmPage[] block = rig.block();
        filled(rig, block);
        if (rig.machine().tlb().largeEntries() == 0) {
            return;
        }
        rig.cpu(0).mmu().invalidateAll();
        long before = rig.cpu(0).mmu().stats().walks();
        for (int i = 0; i < block.length; i++) {
            rig.access(0, VA + i * PAGE, WRITE);
        }
        Expect.equal(1, rig.cpu(0).mmu().stats().walks() - before, "walks for all pages of a superpage");
    }

    private static void scattered(PmapRig rig) {
        VmPage[] block = rig.block();
        VmPage first = block[1];
        block[1] = block[2];
        block[2] = first;
        Pmap pmap = rig.create();
        rig.load(pmap, 0);
        fill(rig, pmap, block, READ, READ);
        expectStats(rig, 0, 0, 0);
        Expect.equal(1, rig.module().superpageStats().failures(), "failed promotions");
        Expect.equal(first.physicalAddress(), rig.access(0, VA + 2 * PAGE, READ), "translation");
    }

    private static void mixed(PmapRig rig) {
        VmPage[] block = rig.block();
        Pmap pmap = rig.create();
        rig.enter(pmap, VA, block[0], READ, READ);
        for (int i = 1; i < block.length; i++) {
            rig.enter(pmap, VA + i * PAGE, block[i], READ | EXEC, READ | Pmap.WIRED);
        }
        expectStats(rig, 0, 0, 0);
        Expect.equal(block.length - 1, pmap.wiredCount(), "wired pages");
    }

    private static void partProtected(PmapRig rig) {
        VmPage[] block = rig.block();
        Pmap pmap = filled(rig, block);
        rig.access(1, VA + 7 * PAGE, WRITE);
        pmap.protect(VA + 7 * PAGE, VA + 8 * PAGE, READ);
        expectStats(rig, 0, 1, 1);
        Expect.equal(Mmu.FAULT, rig.access(1, VA + 7 * PAGE, WRITE), "write to the protected page");
        expectWritable(rig, block, 7);
        rig.enter(pmap, VA + 7 * PAGE, block[7], READ | WRITE, WRITE);
        expectStats(rig, 1, 2, 1);
    }

    private static void wholeProtected(PmapRig rig) {
        VmPage[] block = rig.block();
        Pmap pmap = filled(rig, block);
        rig.access(1, VA, WRITE);
        pmap.protect(VA, VA + block.length * PAGE, READ);
        expectStats(rig, 1, 1, 0);
        for (int i = 0; i < block.length; i += 17) {
            Expect.equal(Mmu.FAULT, rig.access(1, VA + i * PAGE, WRITE), "write to a protected page");
            Expect.that(block[i].dirty() != 0, "what was written is dirty");
        }
    }

    private static void hole(PmapRig rig) {
        VmPage[] block = rig.block();
        int middle = block.length / 2;
        Pmap pmap = filled(rig, block);
        rig.access(1, VA + middle * PAGE, WRITE);
        pmap.remove(VA + middle * PAGE, VA + (middle + 1) * PAGE);
        expectStats(rig, 0, 1, 1);
        Expect.equal(Mmu.FAULT, rig.access(1, VA + middle * PAGE, READ), "read of the hole");
        Expect.equal(0, block[middle].pvCount(), "mappings of the page");
        expectWritable(rig, block, middle);
    }

    private static void halfUnwired(PmapRig rig) {
        VmPage[] block = rig.block();
        Pmap pmap = rig.create();
        rig.load(pmap, 0);
        rig.load(pmap, 1);
        fill(rig, pmap, block, READ | WRITE, WRITE | Pmap.WIRED);
        expectStats(rig, 1, 1, 0);
        Expect.equal(block.length, pmap.wiredCount(), "wired pages");
        pmap.unwire(VA, VA + block.length / 2 * PAGE);
        Expect.equal(block.length / 2, pmap.wiredCount(), "wired pages after half was unwired");
        expectStats(rig, 0, 1, 1);
        expectWritable(rig, block, -1);
        pmap.unwire(VA + block.length / 2 * PAGE, VA + block.length * PAGE);
        Expect.equal(0, pmap.wiredCount(), "wired pages after all were unwired");
    }

    private static void fork(PmapRig rig) {
        VmPage[] block = rig.block();
        Pmap parent = filled(rig, block);
        long end = VA + block.length * PAGE;
        parent.protect(VA, end, READ);
        Pmap child = rig.create();
        parent.copyTo(child, VA, end);
        expectStats(rig, 2, 1, 0);
        rig.load(child, 1);
        Expect.equal(block[9].physicalAddress(), rig.access(1, VA + 9 * PAGE, READ), "the child reads the parent's page");
        Expect.equal(Mmu.FAULT, rig.access(1, VA + 9 * PAGE, WRITE), "the child's write");
        VmPage copy = rig.page();
        rig.enter(child, VA + 9 * PAGE, copy, READ | WRITE, WRITE);
        Expect.equal(copy.physicalAddress(), rig.access(1, VA + 9 * PAGE, READ), "the child reads its copy");
        Expect.equal(block[9].physicalAddress(), rig.access(0, VA + 9 * PAGE, READ), "the parent reads its page");
        Expect.equal(block[8].physicalAddress(), rig.access(1, VA + 8 * PAGE, READ), "the page beside it is shared");
    }

    private static void noTable(PmapRig rig) {
        VmPage[] block = rig.block();
        Pmap parent = filled(rig, block);
        Pmap child = rig.create();
        parent.copyTo(child, VA, VA + block.length * PAGE);
        rig.load(child, 1);
        rig.access(1, VA, READ);
        rig.limitTables(0);
        child.remove(VA, VA + PAGE);
        Expect.equal(Mmu.FAULT, rig.access(1, VA, READ), "read of the removed page");
        Expect.that(child.residentCount() < block.length, "the removed page is not resident");
        Expect.equal(block.length, parent.residentCount(), "pages of the parent");
    }

    private static void pageRemoved(PmapRig rig) {
        VmPage[] block = rig.block();
        Pmap pmap = filled(rig, block);
        rig.access(1, VA + 4 * PAGE, WRITE);
        rig.module().removeAll(block[4]);
        Expect.equal(Mmu.FAULT, rig.access(1, VA + 4 * PAGE, READ), "read of the removed page");
        Expect.equal(block.length - 1, pmap.residentCount(), "resident pages");
        Expect.that(block[4].dirty() != 0 && block[5].dirty() == 0, "only the removed page's bits are folded");
    }

    private static void cleaned(PmapRig rig) {
        VmPage[] block = rig.block();
        Pmap pmap = filled(rig, block);
        rig.access(1, VA + 4 * PAGE, WRITE);
        rig.module().clearModify(block[4]);
        Expect.that(!rig.module().isModified(block[4]), "a cleaned page is clean");
        Expect.that(rig.module().isModified(block[5]), "its neighbour is still modified");
        if (rig.access(1, VA + 4 * PAGE, WRITE) == Mmu.FAULT) {
            rig.enter(pmap, VA + 4 * PAGE, block[4], READ | WRITE, WRITE);
            expectStats(rig, 1, 2, 1);
        }
        Expect.that(rig.module().isModified(block[4]), "a page that is written again is modified");
    }

    private static void referenced(PmapRig rig) {
        VmPage[] block = rig.block();
        filled(rig, block);
        int found = 0;
        for (VmPage page : block) {
            found += rig.module().tsReferenced(page);
        }
        Expect.that(found >= 1 && found <= block.length, "references found: " + found);
        Expect.equal(0, rig.module().superpageStats().demotions(), "demotions by a scan");
        expectWritable(rig, block, -1);
        Expect.that(rig.module().isReferenced(block[1]), "a superpage in use is referenced");
    }

    private static void replaced(PmapRig rig) {
        VmPage[] block = rig.block();
        Pmap pmap = filled(rig, block);
        rig.access(1, VA + 2 * PAGE, READ);
        VmPage other = rig.page();
        rig.enter(pmap, VA + 2 * PAGE, other, READ, READ);
        Expect.equal(other.physicalAddress(), rig.access(1, VA + 2 * PAGE, READ), "translation");
        Expect.equal(0, block[2].pvCount(), "mappings of the page that was replaced");
        expectWritable(rig, block, 2);
    }
}
