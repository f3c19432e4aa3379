// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.call;

import java.util.Arrays;

/**
 * The naive truth about a window of pages of one process: who sees whose bytes, and what is allowed.
 *
 * <p>Each page looks through a chain of views, as the chain of objects does, but page by page and without any
 * optimisation.
 */
final class MapModel {
    /** A place that holds a value once somebody wrote through it, and shows what is below before. */
    static final class View {
        private final View below;
        private boolean own;
        private long value;

        View(View below) {
            this.below = below;
        }

        long read() {
            return own ? value : below == null ? 0 : below.read();
        }

        /** The place at the bottom. */
        View root() {
            return below == null ? this : below.root();
        }

        void write(long next) {
            own = true;
            value = next;
        }
    }

    /** One mapped page. */
    static final class Page {
        View view;
        int prot;
        int max;
        int inherit = 1;

        Page(View view, int prot, int max) {
            this.view = view;
            this.prot = prot;
            this.max = max;
        }
    }

    final Page[] pages;

    MapModel(int size) {
        pages = new Page[size];
    }

    void map(int first, int count, Page[] made) {
        System.arraycopy(made, 0, pages, first, count);
    }

    boolean mapped(int first, int count) {
        return Arrays.stream(pages, first, first + count).allMatch(page -> page != null);
    }

    void unmap(int first, int count) {
        Arrays.fill(pages, first, first + count, null);
    }

    /** Whether every mapped page of a range may get a protection. */
    boolean mayProtect(int first, int count, int prot) {
        return Arrays.stream(pages, first, first + count).allMatch(page -> page == null || (prot & ~page.max) == 0);
    }

    void protect(int first, int count, int prot) {
        Arrays.stream(pages, first, first + count).filter(page -> page != null).forEach(page -> page.prot = prot);
    }

    void inherit(int first, int count, int inherit) {
        Arrays.stream(pages, first, first + count).filter(page -> page != null)
                .forEach(page -> page.inherit = inherit);
    }

    MapModel fork() {
        MapModel child = new MapModel(pages.length);
        for (int i = 0; i < pages.length; i++) {
            Page page = pages[i];
            if (page == null || page.inherit == 2) {
                continue;
            }
            Page copy = new Page(page.view, page.prot, page.max);
            copy.inherit = page.inherit;
            if (page.inherit == 1) {
                copy.view = new View(page.view);
                page.view = new View(page.view);
            }
            child.pages[i] = copy;
        }
        return child;
    }
}
