// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.page;

import org.osgi.annotation.versioning.ConsumerType;

/** Decides which operations fail although they could succeed; a kernel has none unless a test gives it one. */
@ConsumerType
public interface FailurePlan {
    /** Nothing fails. */
    FailurePlan NONE = point -> false;

    /** Asked once for each operation, on the engine thread. */
    boolean fails(FailurePoint point);
}
