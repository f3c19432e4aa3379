// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

/**
 * One level of a page-table walk, as the shell prints it.
 *
 * @param level the machine's name of the level, such as {@code PML4} or {@code L1}
 * @param tableAddress physical address of the table
 * @param index which entry was read
 * @param descriptor the raw descriptor in the machine's format, as read from simulated memory
 * @param descriptorBytes size of a descriptor: 4 or 8
 * @param decoded the bits by name, such as {@code P RW US A D}; says what stops the walk if it ends here
 */
public record WalkStep(
        String level, long tableAddress, int index, long descriptor, int descriptorBytes, String decoded) {}
