// SPDX-License-Identifier: BSD-2-Clause
package shell.command;

import kernel.lwp.kernel.Kernel;
import org.osgi.annotation.versioning.ProviderType;

/** The kernel that commands mean; a service for commands of other bundles. Any thread may use it. */
@ProviderType
public interface CurrentKernel {
    /** The current kernel; the first use boots one. It stays the shell's: callers do not close it. */
    Kernel kernel();
}
