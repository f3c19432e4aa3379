// SPDX-License-Identifier: BSD-2-Clause
package kernel.sched.quirk;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A documented behaviour of an original that can be switched off, or a mistake that can be switched on.
 *
 * <p>Each slot that has some lists them in one enum that implements this type. Ids and names are unique in a kernel.
 */
@ConsumerType
public interface NamedQuirk {
    /** Its number in the register, such as {@code Q17}. */
    String id();

    /** Its name, such as {@code MSYNC_WRAPS_AT_HEAD}. */
    String name();

    /** What the original does, in one line. */
    String description();

    /** The shipped variants of its slot that have it unless told otherwise. */
    List<String> variants();
}
