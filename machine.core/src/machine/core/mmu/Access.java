// SPDX-License-Identifier: BSD-2-Clause
package machine.core.mmu;

import org.osgi.annotation.versioning.ProviderType;

/** What user code wants to do with an address; also the rights a translation grants. */
@ProviderType
public final class Access {

    /** Load. */
    public static final int READ = 1;
    /** Store, and every read-modify-write. */
    public static final int WRITE = 2;
    /** Instruction fetch. */
    public static final int EXEC = 4;

    private Access() {
    }
}
