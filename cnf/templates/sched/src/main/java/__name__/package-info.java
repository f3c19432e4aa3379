// SPDX-License-Identifier: BSD-2-Clause
/** The __name__ scheduler. */
package __name__;
