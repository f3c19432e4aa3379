// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pageout;

import org.osgi.annotation.versioning.ProviderType;

/** What one pageout policy tells the next about a page; everything else is in the page. */
@ProviderType
public final class PageRecord {
    /** The page is in use; otherwise it is a candidate for reclaim. */
    public boolean active;
    /** How much it was used lately: 0 (not at all) to 64. */
    public int age;

    /** A record of nothing. */
    public PageRecord() {
    }
}
