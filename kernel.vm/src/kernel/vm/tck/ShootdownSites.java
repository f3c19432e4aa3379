// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.tck;

import static kernel.vm.pmap.VmProt.READ;
import static kernel.vm.pmap.VmProt.WRITE;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import kernel.vm.page.VmPage;
import kernel.vm.pmap.Pmap;
import kernel.vm.pmap.PmapModule;
import kernel.vm.radix.RadixPmapModule;
import machine.core.engine.KernelPanic;

/**
 * Every place where the shared page-table code must invalidate, and what leads there.
 *
 * <p>With the invalidation done nothing happens; without it {@link PmapModule#watchTlbs} must notice.
 */
public final class ShootdownSites {
    private static final long VA = 0x4000_0000L;
    private static final long PAGE = 0x1000;

    /** Where what is left is dropped when the tag is used again; a shootdown before that may be left out. */
    static final String REUSE = "end of a space whose tag is used again";

    /** More spaces than any machine has tags for. */
    private static final int SPACES = 70_000;

    /** A space on both CPUs, with a page or a superpage that was written on CPU 1. */
    private record Scene(PmapRig rig, Pmap pmap, VmPage[] pages) {
        static Scene of(PmapRig rig, boolean superpage) {
            VmPage[] pages = superpage ? rig.block() : new VmPage[] {rig.page()};
            Pmap pmap = rig.create();
            rig.load(pmap, 0);
            rig.load(pmap, 1);
            for (int i = 0; i < pages.length; i++) {
                rig.enter(pmap, VA + i * PAGE, pages[i], READ | WRITE, WRITE);
            }
            rig.access(1, VA, WRITE);
            return new Scene(rig, pmap, pages);
        }

        void remove(int count) {
            pmap.remove(VA, VA + count * PAGE);
        }

        void protect(int count) {
            pmap.protect(VA, VA + count * PAGE, READ);
        }

        /** Each page is scanned, so that it is the turn of the one that clears the bit of a superpage. */
        void scan() {
            for (VmPage page : pages) {
                rig.module().tsReferenced(page);
            }
        }

        /** A block that fills up while some of its pages are in use. */
        void promote() {
            VmPage[] block = rig.block();
            long at = VA + 0x800_0000;
            for (int i = 0; i < block.length; i++) {
                rig.enter(pmap, at + i * PAGE, block[i], READ | WRITE, WRITE);
                rig.access(1, at + i / 2 * PAGE, WRITE);
            }
        }

        /** CPU 1 idles meanwhile. */
        void idle(Runnable operation) {
            rig.rest(1);
            operation.run();
            rig.resume(1);
        }

        /** Two ranges go as one. */
        void deferred() {
            pmap.defer();
            pmap.remove(VA, VA + PAGE);
            pmap.remove(VA + 4 * PAGE, VA + 6 * PAGE);
            pmap.update();
        }

        /** The space ends, and others come and go until one has its tag. */
        void endWithTag() {
            int tag = rig.cpu(1).mmu().asid();
            rig.load(null, 0);
            rig.load(null, 1);
            rig.destroy(pmap);
            for (int i = 0; i < SPACES; i++) {
                Pmap next = rig.create();
                rig.load(next, 1);
                boolean again = rig.cpu(1).mmu().asid() == tag;
                rig.destroy(next);
                if (again) {
                    return;
                }
            }
            throw new AssertionError("no other space got the tag " + tag);
        }

        /** Another space runs on CPU 1 meanwhile. */
        void elsewhere(Runnable operation) {
            rig.load(rig.create(), 1);
            operation.run();
            rig.load(pmap, 1);
        }
    }

    /** One place: what leads there, whether a machine invalidates there at all, and the operation. */
    private record Site(String name, Predicate<PmapRig> applies, boolean superpage, Consumer<Scene> operation) {}

    private ShootdownSites() {}

    private static List<Site> sites() {
        return List.of(
                page("enter with less rights", s -> s.rig.enter(s.pmap, VA, s.pages[0], READ, READ)),
                page("enter of another page", s -> s.rig.enter(s.pmap, VA, s.rig.page(), READ, READ)),
                page("remove", s -> s.remove(1)),
                page("removePages", s -> s.pmap.removePages()),
                page("protect", s -> s.protect(1)),
                page("removal of all mappings of a page", s -> s.rig.module().removeAll(s.pages[0])),
                page("pageProtect", s -> s.rig.module().pageProtect(s.pages[0], READ)),
                page("clearModify", s -> s.rig.module().clearModify(s.pages[0])),
                new Site("tsReferenced", ShootdownSites::softReference, false, Scene::scan),
                new Site("remove while the space is not loaded", rig -> rig.machine().tlb().tagged(), false,
                        s -> s.elsewhere(() -> s.remove(1))),
                page("remove while a CPU idles", s -> s.idle(() -> s.remove(1))),
                page("pageProtect while a CPU idles",
                        s -> s.idle(() -> s.rig.module().pageProtect(s.pages[0], READ))),
                page("update after deferred removals", Scene::deferred),
                page(REUSE, Scene::endWithTag),
                superpage("remove of a superpage", s -> s.remove(s.pages.length)),
                superpage("protect of a superpage", s -> s.protect(s.pages.length)),
                superpage("remove in a superpage", s -> s.remove(1)),
                superpage("protect in a superpage", s -> s.protect(1)),
                superpage("pageProtect in a superpage", s -> s.rig.module().pageProtect(s.pages[0], READ)),
                superpage("clearModify in a superpage", s -> s.rig.module().clearModify(s.pages[0])),
                new Site("tsReferenced of a superpage", rig -> superpages(rig) && softReference(rig), true, Scene::scan),
                new Site("promotion", rig -> superpages(rig) && breaksBeforeMake(rig), false, Scene::promote));
    }

    private static Site page(String name, Consumer<Scene> operation) {
        return new Site(name, rig -> true, false, operation);
    }

    private static Site superpage(String name, Consumer<Scene> operation) {
        return new Site(name, ShootdownSites::superpages, true, operation);
    }

    private static boolean superpages(PmapRig rig) {
        return rig.module().superpageOrder() > 0;
    }

    private static boolean softReference(PmapRig rig) {
        return !rig.module().capabilities().hardwareReferenced();
    }

    private static boolean breaksBeforeMake(PmapRig rig) {
        return ((RadixPmapModule) rig.module()).format().breakBeforeMake();
    }

    /** The names of all places. */
    public static List<String> names() {
        return sites().stream().map(Site::name).toList();
    }

    private static Site site(String name) {
        return sites().stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
    }

    /** Whether a machine invalidates at a place at all. */
    public static boolean applies(PmapRig rig, String name) {
        return site(name).applies.test(rig);
    }

    /**
     * Does the operation of a place on CPU 0 of two.
     *
     * @param begins called when the scene is set, before the operation
     * @return what the module noticed, or null
     */
    public static String run(PmapRig rig, String name, Runnable begins) {
        Site site = site(name);
        Scene scene = Scene.of(rig, site.superpage);
        begins.run();
        try {
            site.operation.accept(scene);
            // The next walk is where a change without any invalidation is looked at, at the latest.
            if (rig.loaded(1) != null) {
                rig.access(1, VA + 0x1000_0000, READ);
            }
            return null;
        } catch (KernelPanic noticed) {
            return noticed.getMessage();
        }
    }
}
