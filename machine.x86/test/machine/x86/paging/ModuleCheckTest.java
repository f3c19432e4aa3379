// SPDX-License-Identifier: BSD-2-Clause
package machine.x86.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.VmProt;
import kernel.vm.pmap.WalkStep;
import kernel.vm.tck.PmapRig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The module's own check finds descriptors that somebody changed behind its back. */
class ModuleCheckTest {
    private static final long VA = 0x10_0000;

    @ParameterizedTest
    @CsvSource({
        // bits flipped in the leaf of a written page, what is found
        "0x0000, ''",
        "0x0002, 'CPU 0 holds a stale translation of 0x100000'",
        "0x0004, 'CPU 0 holds a stale translation of 0x100000'",
        "0x0200, 'a pmap with 1 mappings, 1 of them wired, counts 1 and 0'",
        "0x0400, '1 pv entries for 0 mappings'",
        "0x10000, 'CPU 0 holds a stale translation of 0x100000'",
    })
    void findsWhatWasChanged(String bits, String expected) {
        try (PmapRig rig = new PmapRig(new LongModeUnderTest(4096), 1)) {
            rig.onFirstCpu(() -> {
                Pmap pmap = rig.create();
                rig.load(pmap, 0);
                rig.enter(pmap, VA, rig.page(), VmProt.READ | VmProt.WRITE, VmProt.WRITE);
                rig.access(0, VA, VmProt.WRITE);
                WalkStep leaf = pmap.describe(VA).getLast();
                rig.memory().put64(leaf.tableAddress() + leaf.index() * 8L, leaf.descriptor() ^ Long.decode(bits));
                List<String> broken = new ArrayList<>();
                rig.module().check(broken);
                assertEquals(expected.isEmpty() ? List.of() : List.of("pmap: " + expected), unmarked(broken));
            });
        }
    }

    /** Another frame is another page, which nobody marked as writeable; that is not what is asked here. */
    private static List<String> unmarked(List<String> broken) {
        return broken.stream().filter(text -> !text.contains("is not marked")).toList();
    }
}
