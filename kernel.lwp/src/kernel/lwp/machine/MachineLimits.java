// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.machine;

/**
 * Address limits and default segment sizes of a machine, in bytes.
 *
 * <p>The memory layer is FreeBSD's, so these are the numbers of FreeBSD's {@code vmparam.h}.
 *
 * @param minUserAddress lowest user address, VM_MIN_ADDRESS
 * @param maxUserAddress first address above user space, VM_MAXUSER_ADDRESS
 * @param stackTop where the first stack ends, USRSTACK
 * @param defaultDataBytes soft data limit, DFLDSIZ
 * @param maxDataBytes hard data limit, MAXDSIZ
 * @param defaultStackBytes soft stack limit, DFLSSIZ
 * @param maxStackBytes hard stack limit, MAXSSIZ
 * @param maxTextBytes largest text segment, MAXTSIZ
 * @param maxPhysicalBytes how much memory its page tables can reach with base pages
 */
public record MachineLimits(
        long minUserAddress,
        long maxUserAddress,
        long stackTop,
        long defaultDataBytes,
        long maxDataBytes,
        long defaultStackBytes,
        long maxStackBytes,
        long maxTextBytes,
        long maxPhysicalBytes) {

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException when the stack does not end inside of user space
     */
    public MachineLimits {
        if (Long.compareUnsigned(minUserAddress, stackTop) >= 0
                || Long.compareUnsigned(stackTop, maxUserAddress) > 0) {
            throw new IllegalArgumentException(
                    "user space must satisfy min < stackTop <= max, got min=0x%x stackTop=0x%x max=0x%x"
                            .formatted(minUserAddress, stackTop, maxUserAddress));
        }
    }
}
