/** Emoji by Slack's short names. Each part is the character and its names, the canonical one first. */
const FACES =
  '😀grinning 😃smiley 😄smile 😁grin 😆laughing,satisfied 😅sweat_smile 🤣rolling_on_the_floor_laughing,rofl 😂joy 🙂slightly_smiling_face 🙃upside_down_face 😉wink 😊blush 😇innocent 🥰smiling_face_with_3_hearts 😍heart_eyes 🤩star-struck,grinning_face_with_star_eyes 😘kissing_heart 😋yum 😛stuck_out_tongue 😜stuck_out_tongue_winking_eye 🤪zany_face 🤗hugging_face 🤔thinking_face,thinking 🤐zipper_mouth_face 😐neutral_face 😑expressionless 😶no_mouth 😏smirk 😒unamused 🙄face_with_rolling_eyes 😬grimacing 😌relieved 😔pensive 😴sleeping 😷mask 🤒face_with_thermometer 🤕face_with_head_bandage 🤢nauseated_face 🥵hot_face 🥶cold_face 😵dizzy_face 🤯exploding_head 🥳partying_face 😎sunglasses 🤓nerd_face 🧐face_with_monocle 😕confused 😟worried 🙁slightly_frowning_face 😮open_mouth 😯hushed 😲astonished 😳flushed 🥺pleading_face 😢cry 😭sob 😱scream 😞disappointed 😓sweat 😩weary 😫tired_face 😤triumph 😡rage 😠angry 😈smiling_imp 💀skull 💩hankey,poop,shit 🤡clown_face,clown 👻ghost 👽alien 🤖robot_face 😺smiley_cat'
const HANDS =
  '👋wave 🖐️raised_hand_with_fingers_splayed ✋hand,raised_hand 👌ok_hand ✌️v 🤞crossed_fingers,hand_with_index_and_middle_fingers_crossed 🤟i_love_you_hand_sign 🤘the_horns 👈point_left 👉point_right 👆point_up_2 👇point_down ☝️point_up 👍+1,thumbsup 👎-1,thumbsdown ✊fist 👊facepunch,punch 👏clap 🙌raised_hands 👐open_hands 🤝handshake 🙏pray ✍️writing_hand 💪muscle 👂ear 👀eyes 🧠brain 🤷shrug 🤦face_palm 🙋raising_hand 🏃runner,running 🚶walking 👤bust_in_silhouette 👥busts_in_silhouette'
const HEARTS =
  '❤️heart 🧡orange_heart 💛yellow_heart 💚green_heart 💙blue_heart 💜purple_heart 🖤black_heart 🤍white_heart 💔broken_heart 💕two_hearts 💖sparkling_heart 💯100 💥boom,collision 💫dizzy 💤zzz 💬speech_balloon 💭thought_balloon 🔥fire ✨sparkles ⭐star 🌟star2 ⚡zap ☀️sunny ☁️cloud ⛅partly_sunny 🌈rainbow ❄️snowflake ☃️snowman 🌊ocean 🌍earth_africa 🌎earth_americas 🌏earth_asia 🌙crescent_moon'
const THINGS =
  '🎉tada 🎊confetti_ball 🎁gift 🎈balloon 🎂birthday 🎄christmas_tree 🏆trophy 🥇first_place_medal 🏅sports_medal ⚽soccer 🎯dart 🎮video_game 🎲game_die 🎵musical_note 🎶notes 🎤microphone 🎧headphones 🎬clapper 🎨art 🚀rocket ✈️airplane 🚗car,red_car 🚲bike 🚢ship 🏠house 🏢office 🏗️building_construction 📱iphone 💻computer ⌨️keyboard 🖥️desktop_computer 🖨️printer 📷camera 📸camera_with_flash 🔋battery 💡bulb 🔦flashlight 📚books 📖book,open_book 📝memo,pencil 📄page_facing_up 📋clipboard 📊bar_chart 📈chart_with_upwards_trend 📉chart_with_downwards_trend 📅date 📆calendar 📌pushpin 📍round_pushpin 📎paperclip ✂️scissors 🔒lock 🔓unlock 🔑key 🔨hammer 🔧wrench ⚙️gear 🔗link 🧪test_tube 🔬microscope 🔭telescope 💊pill 📡satellite_antenna 📣mega 📢loudspeaker 🔔bell 🔕no_bell 📧e-mail 📤outbox_tray 📥inbox_tray 📦package ✉️email,envelope 💰moneybag 💎gem ⏰alarm_clock ⏳hourglass_flowing_sand ⌛hourglass 🗑️wastebasket 🛒shopping_trolley 🧹broom 🧵thread'
const NATURE =
  '🐶dog 🐱cat 🐭mouse 🐰rabbit 🦊fox_face 🐻bear 🐼panda_face 🐯tiger 🦁lion_face 🐮cow 🐷pig 🐸frog 🐵monkey_face 🙈see_no_evil 🙉hear_no_evil 🙊speak_no_evil 🐔chicken 🐧penguin 🐦bird 🦄unicorn_face,unicorn 🐝bee,honeybee 🐛bug 🦋butterfly 🐢turtle 🐍snake 🐙octopus 🐠tropical_fish 🐬dolphin,flipper 🐳whale 🌲evergreen_tree 🌳deciduous_tree 🌴palm_tree 🌵cactus 🌷tulip 🌹rose 🌻sunflower 🍀four_leaf_clover 🍁maple_leaf 🍎apple 🍌banana 🍓strawberry 🍕pizza 🍔hamburger 🍟fries 🌮taco 🍣sushi 🍪cookie 🍰cake 🍫chocolate_bar 🍿popcorn ☕coffee 🍵tea 🍺beer 🍻beers 🍷wine_glass 🥂clinking_glasses'
const SIGNS =
  '✅white_check_mark ☑️ballot_box_with_check ✔️heavy_check_mark ❌x ❎negative_squared_cross_mark ➕heavy_plus_sign ➖heavy_minus_sign ❓question ❔grey_question ❗exclamation,heavy_exclamation_mark ❕grey_exclamation ⚠️warning 🚫no_entry_sign ⛔no_entry 🆗ok 🆕new 🆒cool 🆓free 🔴red_circle 🟠large_orange_circle 🟡large_yellow_circle 🟢large_green_circle 🔵large_blue_circle 🟣large_purple_circle ⚪white_circle ⚫black_circle 🟥large_red_square 🟩large_green_square 🔶large_orange_diamond 🔷large_blue_diamond ⬆️arrow_up ⬇️arrow_down ⬅️arrow_left ➡️arrow_right 🔄arrows_counterclockwise 🔁repeat ▶️arrow_forward ⏸️double_vertical_bar ⏹️black_square_for_stop ♻️recycle ℹ️information_source 🔍mag 🔎mag_right 🏁checkered_flag 🚩triangular_flag_on_post 🚨rotating_light 🚧construction 🚦vertical_traffic_light 🏳️waving_white_flag 0️⃣zero 1️⃣one 2️⃣two 3️⃣three 4️⃣four 5️⃣five 6️⃣six 7️⃣seven 8️⃣eight 9️⃣nine 🔟keycap_ten'

const SKIN_TONES = ['🏻', '🏼', '🏽', '🏾', '🏿']
const VARIATION = /\uFE0F/g

const entries = [FACES, HANDS, HEARTS, THINGS, NATURE, SIGNS]
  .flatMap((group) => group.split(' '))
  .map((entry): [string, string[]] => {
    const at = entry.search(/[a-z+]|-1|\d{3}$/)
    return [entry.slice(0, at).replaceAll(VARIATION, ''), entry.slice(at).split(',')]
  })

const byCharacter = new Map(entries.map(([character, names]) => [character, names[0] ?? '']))
const canonical = new Map(entries.flatMap(([, names]) => names.map((name): [string, string] => [name, names[0] ?? ''])))
/** Longest first, so that a keycap is never taken for its digit; a skin tone or variation sign may follow. */
const anyCharacter = new RegExp(
  `(${[...byCharacter.keys()].sort((a, b) => b.length - a.length).join('|')})(${SKIN_TONES.join('|')})?\uFE0F?`.replaceAll(
    '\u20E3',
    '\uFE0F?\u20E3',
  ),
  'gu',
)

/** Characters become `:short_name:`, with the skin tone as a second name; what is not known stays as it is. */
export function toShortNames(text: string): string {
  return text.replace(anyCharacter, (_found, character: string, tone?: string) => {
    const name = byCharacter.get(character.replaceAll(VARIATION, ''))
    if (name === undefined) return _found
    return tone === undefined ? `:${name}:` : `:${name}::skin-tone-${SKIN_TONES.indexOf(tone) + 2}:`
  })
}

/** The one name several stand for; a skin tone makes a different emoji. Nothing where no emoji has the name. */
export function canonicalName(name: string, custom: readonly string[] = []): string | undefined {
  const [, base = '', tone = ''] = /^(.+?)(::skin-tone-[2-6])?$/.exec(name) ?? []
  if (custom.includes(base)) return tone === '' ? base : undefined
  const found = canonical.get(base)
  return found === undefined ? undefined : `${found}${tone}`
}
