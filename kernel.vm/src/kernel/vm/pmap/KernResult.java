// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.pmap;

/** Result codes of the memory layer's own operations; numbers as in FreeBSD {@code sys/vm/vm_param.h}, 2006. */
public final class KernResult {
    public static final int SUCCESS = 0;
    public static final int INVALID_ADDRESS = 1;
    public static final int PROTECTION_FAILURE = 2;
    public static final int NO_SPACE = 3;
    public static final int INVALID_ARGUMENT = 4;
    public static final int FAILURE = 5;
    public static final int RESOURCE_SHORTAGE = 6;
    /** A fault beyond the end of its object. DEVIATION: 2006 had only PROTECTION_FAILURE; signals need to tell. */
    public static final int OUT_OF_BOUNDS = 9;
    /** A fault whose page could not be read. DEVIATION: 2006 had only FAILURE; signals need to tell. */
    public static final int IO_ERROR = 10;

    private KernResult() {}

    /** The name of a code, for messages. */
    public static String name(int code) {
        return switch (code) {
            case SUCCESS -> "SUCCESS";
            case INVALID_ADDRESS -> "INVALID_ADDRESS";
            case PROTECTION_FAILURE -> "PROTECTION_FAILURE";
            case NO_SPACE -> "NO_SPACE";
            case INVALID_ARGUMENT -> "INVALID_ARGUMENT";
            case FAILURE -> "FAILURE";
            case RESOURCE_SHORTAGE -> "RESOURCE_SHORTAGE";
            case OUT_OF_BOUNDS -> "OUT_OF_BOUNDS";
            case IO_ERROR -> "IO_ERROR";
            default -> "KERN_" + code;
        };
    }
}
