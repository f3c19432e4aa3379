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
    private boolean applies;

    private MissingShootdowns(PmapUnderTest machine, String site) {
        this.machine = machine;
        this.site = site;
    }

    /**
     * Does it for one of {@link ShootdownSites#names()}, on a machine whose module is a {@link RadixPmapModule}.
     *
     * <p>First whole shootdowns are left out, that is calls of {@code TlbControl.invalidate}; then the invalidations of
     * single CPUs, also those that the machine's TLB maintenance does when it loads a space.
     *
     * @throws AssertionError if one of them is missed by nobody, or nothing was to be invalidated
     */
    public static void check(PmapUnderTest machine, String site) {
        MissingShootdowns missing = new MissingShootdowns(machine, site);
        int shootdowns = site.equals(ShootdownSites.REUSE) ? 0 : missing.leaveOutShootdown(-1);
        for (int i = 0; i < shootdowns; i++) {
            missing.leaveOutShootdown(i);
        }
        int invalidations = missing.leaveOutInvalidation(-1);
        for (int i = 0; i < invalidations; i++) {
            missing.leaveOutInvalidation(i);
        }
        Expect.that(shootdowns + invalidations > 0 || !missing.applies, "nothing was to be invalidated");
    }

    /** Returns how many shootdowns there were. */
    private int leaveOutShootdown(int skipped) {
        int[] count = new int[1];
        PmapUnderTest forgetting = new PmapParts(machine::walker, machine.tlb(), machine.costs(), this::forgetful,
                machine.maxUserAddress());
        try (PmapRig rig = new PmapRig(forgetting, 2)) {
            rig.onFirstCpu(() -> {
                if (ShootdownSites.applies(rig, site)) {
                    String noticed = ShootdownSites.run(rig, site, () -> control.forget(skipped));
                    expect("shootdown", skipped, noticed);
                    count[0] = control.count();
                }
            });
        }
        return count[0];
    }

    /** Returns how many invalidations there were. */
    private int leaveOutInvalidation(int skipped) {
        LostInvalidations lost = new LostInvalidations(skipped);
        try (PmapRig rig = new PmapRig(machine, 2)) {
            rig.onFirstCpu(() -> {
                applies = ShootdownSites.applies(rig, site);
                if (applies) {
                    String noticed = ShootdownSites.run(rig, site, () -> lost.begin(rig));
                    if (!lost.madeUp()) {
                        expect("invalidation", skipped, noticed);
                    }
                }
            });
        }
        return lost.count();
    }

    private static void expect(String what, int skipped, String noticed) {
        if (skipped < 0) {
            Expect.that(noticed == null, "with every " + what + " done there is: " + noticed);
        } else {
            Expect.that(noticed != null, what + " " + skipped + " is missed by nobody");
        }
    }

    /** The machine's module, with TLB maintenance that can forget. */
    private PmapModule forgetful(PmapHost host) {
        RadixPmapModule real = (RadixPmapModule) machine.module(host);
        control = new ForgetfulTlbControl(real.tlb(), host.engine());
        return new RadixPmapModule(host, real.format(), control, real.capabilities(), real.addressLimit());
    }
}
