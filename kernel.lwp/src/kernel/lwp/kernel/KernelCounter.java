// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

/**
 * What a kernel has counted of one thing.
 *
 * @param name for people, small letters with blanks: {@code tlb walks}
 * @param count how often since boot; for some, as the description says, how many now
 * @param what what is counted
 */
public record KernelCounter(String name, long count, String what) {
}
