// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

/**
 * Who has the pages in custody that programs use, and hears when memory becomes short: the pageout port.
 *
 * <p>Called by {@link PagePool} on the engine thread; neither blocks nor interleaves.
 */
public interface PageKeeper {
    /** Nobody: pages are only marked. */
    PageKeeper NOBODY = new PageKeeper() {
        @Override
        public void activated(VmPage page) {
        }

        @Override
        public void deactivated(VmPage page, boolean first) {
        }

        @Override
        public void removed(VmPage page) {
        }

        @Override
        public void low() {
        }

        @Override
        public void freed() {
        }
    };

    /** A page was used; in custody afterwards. */
    void activated(VmPage page);

    /** A page is a candidate for reclaim, the next one if {@code first}; in custody afterwards. */
    void deactivated(VmPage page, boolean first);

    /** A page leaves the custody. */
    void removed(VmPage page);

    /** Free and cached pages together fell below what the daemon keeps. */
    void low();

    /** A page became free or cached. */
    void freed();
}
