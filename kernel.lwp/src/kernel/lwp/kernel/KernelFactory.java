// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import machine.core.slot.VariantSource;
import org.osgi.annotation.versioning.ProviderType;

/** Boots kernels; a service in the container. Tests without a container use {@link Kernel#boot}. */
@ProviderType
public interface KernelFactory {
    /**
     * Boots a kernel: paused, idle, without processes.
     *
     * <p>Any number may run side by side. The caller closes it; the factory closes what is left when it goes.
     *
     * @throws IllegalArgumentException if the configuration names a variant that does not exist; the message says
     *     which do
     */
    Kernel boot(KernelConfig config);

    /** The variants there are now, for every slot. */
    VariantSource variants();

    /** The system calls of all kernels. */
    SyscallTable syscalls();
}
