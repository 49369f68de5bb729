package org.latentmim.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.ScriptTypeParser;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Type;

/**
 * Calls torch's operators by name. JavaCPP binds none whose name begins with an underscore, and the fused multi-tensor updates
 * are among those. Every argument must be given, in the order of the operator's schema. Thread-safe.
 */
public final class Dispatch {

    private static final Map<String, OperatorHandle> OPERATORS = new ConcurrentHashMap<>();
    private static final Type.TypePtr TENSOR = retained(new ScriptTypeParser().parseType("Tensor"));

    private Dispatch() {}

    /** Calls an operator that works in place, such as {@code aten::_foreach_lerp_} with the overload {@code Scalar}. */
    public static void inPlace(String operator, String overload, Object... arguments) {
        call(operator, overload, arguments);
    }

    /** Calls an operator that returns tensors, such as {@code aten::_foreach_norm}; they live as long as what is returned. */
    public static TensorVector tensors(String operator, String overload, Object... arguments) {
        return call(operator, overload, arguments).get(0).toTensorVector();
    }

    private static IValueVector call(String operator, String overload, Object... arguments) {
        OperatorHandle handle = OPERATORS.computeIfAbsent(operator + "." + overload, key -> {
            OperatorHandle found = Dispatcher.singleton().findSchemaOrThrow(operator, overload);
            found.retainReference();
            return found;
        });
        IValueVector stack = new IValueVector();
        for (Object argument : arguments) {
            stack.push_back(value(argument));
        }
        handle.callBoxed(stack);
        return stack;
    }

    /** Returns a list of tensors as an argument; it may be retained and used again. */
    public static GenericList list(Collection<Tensor> tensors) {
        GenericList list = new GenericList(TENSOR);
        for (Tensor tensor : tensors) {
            list.push_back(new IValue(tensor));
        }
        return list;
    }

    private static IValue value(Object argument) {
        if (argument == null) {
            return new IValue();
        }
        if (argument instanceof GenericList list) {
            return new IValue(list);
        }
        if (argument instanceof Tensor tensor) {
            return new IValue(tensor);
        }
        if (argument instanceof Double number) {
            return new IValue((double) number);
        }
        if (argument instanceof Boolean flag) {
            return new IValue((boolean) flag);
        }
        throw new IllegalArgumentException("no argument of torch: " + argument.getClass());
    }

    private static Type.TypePtr retained(Type.TypePtr type) {
        type.retainReference();
        return type;
    }
}
