// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiConsumer;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import kernel.vm.tck.PmapRig;
import machine.core.engine.KernelPanic;
import machine.x86.amd64.Amd64Machine;
import org.junit.jupiter.api.Test;

/** Mistakes that pmaps of this processor have made, or its hardware allows. */
class KnownBugsTest {
    private static final long VA = 0x10_0000;
    private static final int READ_WRITE = VmProt.READ | VmProt.WRITE;

    private static void run(BiConsumer<PmapRig, Pmap> body) {
        try (PmapRig rig = new PmapRig(UnderTest.of(new Amd64Machine()), 2)) {
            rig.onFirstCpu(() -> {
                Pmap pmap = rig.create();
                rig.load(pmap, 0);
                body.accept(rig, pmap);
            });
        }
    }

    /** PGA_WRITEABLE set late loses a modified bit, so it is not possible at all. */
    @Test
    void aPageIsMarkedBeforeItIsMappedWritable() {
        run((rig, pmap) -> {
            VmPage page = rig.page();
            page.writeable(false);
            assertThrows(KernelPanic.class, () -> pmap.enter(VA, page, READ_WRITE, VmProt.WRITE));
            assertEquals(0, pmap.residentCount());
        });
    }

    /** The page daemon may take a page for unused that a TLB still serves. */
    @Test
    void aHotPageMayLookUnusedUntilItsTranslationGoes() {
        run((rig, pmap) -> {
            VmPage page = rig.page();
            rig.enter(pmap, VA, page, VmProt.READ, VmProt.READ);
            rig.access(0, VA, VmProt.READ);
            rig.module().clearReference(page);
            rig.access(0, VA, VmProt.READ);
            assertFalse(rig.module().isReferenced(page), "served by the TLB");
            rig.cpu(0).mmu().invalidateAll();
            rig.access(0, VA, VmProt.READ);
            assertTrue(rig.module().isReferenced(page), "walked again");
        });
    }

    /** A write through a translation that was made for a read walks again, so the modified bit is not lost. */
    @Test
    void aWriteAfterAReadIsSeen() {
        run((rig, pmap) -> {
            VmPage page = rig.page();
            rig.enter(pmap, VA, page, READ_WRITE, VmProt.READ);
            rig.access(0, VA, VmProt.READ);
            assertFalse(rig.module().isModified(page));
            rig.access(0, VA, VmProt.WRITE);
            assertTrue(rig.module().isModified(page));
            rig.module().clearModify(page);
            rig.access(0, VA, VmProt.WRITE);
            assertTrue(rig.module().isModified(page), "also when it was cleared in between");
        });
    }
}
