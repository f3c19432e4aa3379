// SPDX-License-Identifier: BSD-2-Clause
/**
 * An example of a machine written against the published packages only: RISC-V with Sv39 page tables.
 *
 * <p>A descriptor format and a walker say what the bits mean, a TLB control how stale translations go away; the pmap
 * itself comes from {@code kernel.vm.radix}.
 */
package examples.riscv;
