package app.starhash.incall

/** What the heading says; [spoken] is one sentence for a screen reader, [urgent] interrupts what it is saying. */
data class Heading(
    val overline: String?,
    val title: String,
    val state: String?,
    val spoken: String,
    val urgent: Boolean = false,
)

/** One big button of the dock. [act] is null where there is nothing to press. */
data class SlotLook(
    val icon: Int,
    val title: String,
    val caption: String?,
    val style: Style,
    val spoken: String = listOfNotNull(title, caption).joinToString(", "),
    /** Seconds left and of how many: a ring takes the place of the icon. */
    val ring: Ring? = null,
    val act: ((CallIntents) -> Unit)? = null,
) {
    enum class Style { FILLED, TONAL, GHOST, CARD }
    data class Ring(val left: Int, val of: Int)
}

/** The three places above the controls: forward, the way to the client, a quiet question. */
data class Slots(val first: SlotLook? = null, val second: SlotLook? = null, val third: Quiet? = null, val tall: Boolean = false) {
    data class Quiet(val icon: Int?, val title: String, val act: (CallIntents) -> Unit)
}

/** Who hears whom: always client, you, colleague. */
data class Picture(
    val client: Node,
    val you: Node,
    val colleague: Node,
    val left: Link,
    val right: Link,
    /** The whole picture in one sentence. */
    val sentence: String,
    val joined: Boolean = false,
    /** Part of the code that is out, 0..1, for [Link.CODE]. */
    val progress: Float = 0f,
) {
    /** [on]: on the line; otherwise the circle is dashed. */
    data class Node(val name: String, val state: String, val initials: String?, val on: Boolean = true, val music: Boolean = false)

    /** Solid = known; dashed = asked for, the network does not confirm; dots = code going out; bar = cannot hear; cross = lost. */
    enum class Link { NONE, KNOWN, ASKED, CODE, DEAF, LOST }
}
