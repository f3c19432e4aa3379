// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import kernel.vm.pmap.PmapHost;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.RadixPmapModule;

/** Leaves out every single invalidation of a site in turn; the check for stale translations must see each. */
public final class MissingShootdowns {
    private final PmapUnderTest machine;
    private final String site;
    private ForgetfulTlbControl control;

    private MissingShootdowns(PmapUnderTest machine, String site) {
        this.machine = machine;
        this.site = site;
    }

    /**
     * Does it for one of {@link ShootdownSites#names()}, on a machine whose module is a {@link RadixPmapModule}.
     *
     * @throws AssertionError if one of them is missed by nobody, or nothing was to be invalidated
     */
    public static void check(PmapUnderTest machine, String site) {
        MissingShootdowns missing = new MissingShootdowns(machine, site);
        int invalidations = missing.run(-1);
        for (int i = 0; i < invalidations; i++) {
            missing.run(i);
        }
    }

    /** Returns how many invalidations there were. */
    private int run(int skipped) {
        int[] count = new int[1];
        PmapUnderTest forgetting = new PmapParts(machine::walker, machine.tlb(), machine.costs(), this::forgetful,
                machine.maxUserAddress());
        try (PmapRig rig = new PmapRig(forgetting, 2)) {
            rig.onFirstCpu(() -> {
                if (!ShootdownSites.applies(rig, site)) {
                    return;
                }
                String noticed = ShootdownSites.run(rig, site, control, skipped);
                if (skipped < 0) {
                    Expect.that(noticed == null, "with every invalidation done there is: " + noticed);
                } else {
                    Expect.that(noticed != null, "invalidation " + skipped + " is missed by nobody");
                }
                count[0] = control.count();
                Expect.that(count[0] > 0, "nothing was to be invalidated");
            });
        }
        return count[0];
    }

    /** The machine's module, with TLB maintenance that can forget. */
    private PmapModule forgetful(PmapHost host) {
        RadixPmapModule real = (RadixPmapModule) machine.module(host);
        control = new ForgetfulTlbControl(real.tlb(), host.engine());
        return new RadixPmapModule(host, real.format(), control, real.capabilities(), real.addressLimit());
    }
}
