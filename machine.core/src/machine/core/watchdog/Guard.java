// SPDX-License-Identifier: BSD-2-Clause
package machine.core.watchdog;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class through which the core calls variants, and which catches {@link Overdue}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Guard {
}
